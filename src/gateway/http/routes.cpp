#include "gateway/http/routes.h"

#include "gateway/accounting/request_account.h"

namespace onellm::gateway {

namespace {

constexpr std::string_view kReadMethods = "GET, HEAD, OPTIONS";

constexpr Route kRoutes[] = {
    {.kind = RouteKind::kChat, .path = kChatRoute, .name = kChatRoute, .methods = "POST, OPTIONS"},
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

const Route* find_route(std::string_view path) {
  for (const Route& route : kRoutes) {
    if (path == route.path) return &route;
  }
  return path.starts_with(kModelRoute.path) ? &kModelRoute : nullptr;
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
