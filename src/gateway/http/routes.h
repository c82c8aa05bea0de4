// The gateway's routes: path, methods, and whether requests are counted. Those on which clients chat are in the table
// of dialects/clients.h. A path that begins with `/v1/` is also known without it.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "dialects/clients.h"
#include "gateway/http/head.h"
#include "gateway/session/context.h"

namespace onellm::gateway {

enum class RouteKind : uint8_t {
  kChat,
  kCountTokens,
  kStateful,  // It needs state that the gateway does not keep, so it is refused.
  kModels,
  kModel,
  kUsage,     // Of all keys.
  kOwnUsage,  // Of the key that asks.
  kOwnKey,    // The key that asks.
  kKeys,      // The list of keys, and making one.
  kKey,       // One key by its id.
  kKeyRotate,
  kKeyExport,
  kKeyImport,
  kStatus,
  kHealth,
  kRoot,
};

struct Route {
  RouteKind kind;
  std::string_view path;     // For kModel, kKey and kKeyRotate: the part before the id.
  std::string_view name;     // For logs and data points: one of a fixed list, never text from a client.
  std::string_view methods;  // The methods it supports, as in the header `allow`.
  bool needs_key = true;
  bool counts = true;     // Its requests get data points and rows of the ledger.
  bool is_admin = false;  // It is the master key's alone.
};

// What stands behind the id in a path of kKeyRotate.
inline constexpr std::string_view kRotateSuffix = "/rotate";

// Returns the route of a path; nothing if there is none.
[[nodiscard]] std::optional<Route> find_route(dialects::ClientRoutes clients, std::string_view path);

// The rest of a request's path after the path of its route: for kModel, the model's id; for kKey and kKeyRotate, the
// key's id and what follows.
[[nodiscard]] std::string_view rest_of_path(const Route& route, std::string_view path);

// The row of the dialect in which the client is answered: that of the path; else, on the routes of all dialects, that
// of a header or of a parameter by which the clients of a dialect are known; else the first row.
[[nodiscard]] const dialects::ClientRoute& dialect_of(dialects::ClientRoutes clients, const ClientRequest& request,
                                                      const Head& head);

[[nodiscard]] bool has_method(const Route& route, std::string_view method);

}  // namespace onellm::gateway
