// The gateway's routes: path, methods, and whether requests are counted. Those on which clients chat are in the table
// of dialects/clients.h.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "dialects/clients.h"

namespace onellm::gateway {

enum class RouteKind : uint8_t { kChat, kModels, kModel, kUsage, kHealth };

struct Route {
  RouteKind kind;
  std::string_view path;     // For kModel: the part before the model's id.
  std::string_view name;     // For logs and data points: one of a fixed list, never text from a client.
  std::string_view methods;  // The methods it supports, as in the header `allow`.
  bool needs_key = true;
  bool counts = true;  // Its requests get data points and rows of the ledger.
};

// Returns the route of a path; nothing if there is none.
[[nodiscard]] std::optional<Route> find_route(dialects::ClientRoutes clients, std::string_view path);

[[nodiscard]] bool has_method(const Route& route, std::string_view method);

}  // namespace onellm::gateway
