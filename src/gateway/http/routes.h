// The routes of the gateway, as data: which path leads where, by which methods, and whether it is counted.
#pragma once

#include <cstdint>
#include <string_view>

namespace onellm::gateway {

enum class RouteKind : uint8_t { kChat, kModels, kModel, kUsage, kHealth };

struct Route {
  RouteKind kind;
  std::string_view path;     // Of kModel: what stands before the model's id.
  std::string_view name;     // In logs and data points: one of a fixed list, whatever a client writes.
  std::string_view methods;  // Those that it has, as the header `allow` says them.
  bool needs_key = true;
  bool counts = true;  // Its requests are data points and rows of the ledger.
};

// The route of a path; null: there is none.
[[nodiscard]] const Route* find_route(std::string_view path);

[[nodiscard]] bool has_method(const Route& route, std::string_view method);

}  // namespace onellm::gateway
