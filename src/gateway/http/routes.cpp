#include "gateway/http/routes.h"

#include "gateway/accounting/request_account.h"

namespace onellm::gateway {

namespace {

constexpr std::string_view kChatMethods = "POST, OPTIONS";
constexpr std::string_view kReadMethods = "GET, HEAD, OPTIONS";

constexpr Route kRoutes[] = {
    {.kind = RouteKind::kModels, .path = kModelsRoute, .name = kModelsRoute, .methods = kReadMethods},
    {.kind = RouteKind::kModels, .path = "/v1/models/", .name = kModelsRoute, .methods = kReadMethods},
    {.kind = RouteKind::kUsage,
     .path = "/v1/admin/usage",
     .name = "/v1/admin/usage",
     .methods = kReadMethods,
     .counts = false},  // Reading the usage does not count as usage.
    {.kind = RouteKind::kHealth,
     .path = "/healthz",
     .name = "/healthz",
     .methods = kReadMethods,
     .needs_key = false,
     .counts = false},
};
constexpr Route kModelRoute{
    .kind = RouteKind::kModel, .path = "/v1/models/", .name = kModelsRoute, .methods = kReadMethods};

}  // namespace

std::optional<Route> find_route(dialects::ClientRoutes clients, std::string_view path) {
  for (const dialects::ClientRoute& client : clients) {
    if (path != client.path) continue;
    return Route{.kind = RouteKind::kChat, .path = client.path, .name = client.path, .methods = kChatMethods};
  }
  for (const Route& route : kRoutes) {
    if (path == route.path) return route;
  }
  if (path.starts_with(kModelRoute.path)) return kModelRoute;
  return std::nullopt;
}

bool has_method(const Route& route, std::string_view method) {
  for (std::string_view left = route.methods; !left.empty();) {
    const size_t end = left.find(", ");
    if (left.substr(0, end) == method) return true;
    left.remove_prefix(end == left.npos ? left.size() : end + 2);
  }
  return false;
}

}  // namespace onellm::gateway
