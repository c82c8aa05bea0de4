#include "gateway/http/routes.h"

#include <algorithm>

#include "base/query.h"
#include "gateway/accounting/request_account.h"

namespace onellm::gateway {

namespace {

constexpr std::string_view kChatMethods = "POST, OPTIONS";
constexpr std::string_view kReadMethods = "GET, HEAD, OPTIONS";

// Managing keys does not count as usage.
constexpr Route key_route(RouteKind kind, std::string_view path, std::string_view methods) {
  return {.kind = kind, .path = path, .name = "/v1/admin/keys", .methods = methods, .counts = false, .is_admin = true};
}

constexpr Route kRoutes[] = {
    {.kind = RouteKind::kModels, .path = kModelsRoute, .name = kModelsRoute, .methods = kReadMethods},
    {.kind = RouteKind::kModels, .path = "/v1/models/", .name = kModelsRoute, .methods = kReadMethods},
    {.kind = RouteKind::kUsage,
     .path = "/v1/admin/usage",
     .name = "/v1/admin/usage",
     .methods = kReadMethods,
     .counts = false,  // Reading the usage does not count as usage.
     .is_admin = true},
    {.kind = RouteKind::kOwnUsage, .path = "/v1/usage", .name = "/v1/usage", .methods = kReadMethods, .counts = false},
    {.kind = RouteKind::kOwnKey, .path = "/v1/key", .name = "/v1/key", .methods = kReadMethods, .counts = false},
    key_route(RouteKind::kKeys, "/v1/admin/keys", "GET, HEAD, POST, OPTIONS"),
    key_route(RouteKind::kKeys, "/v1/admin/keys/", "GET, HEAD, POST, OPTIONS"),
    key_route(RouteKind::kKeyExport, "/v1/admin/keys/export", kReadMethods),
    key_route(RouteKind::kKeyImport, "/v1/admin/keys/import", kChatMethods),
    {.kind = RouteKind::kStatus, .path = "/v1/status", .name = "/v1/status", .methods = kReadMethods, .counts = false},
    {.kind = RouteKind::kHealth,
     .path = "/healthz",
     .name = "/healthz",
     .methods = kReadMethods,
     .needs_key = false,
     .counts = false},
    // Clients probe their base URL with HEAD before they have a key.
    {.kind = RouteKind::kRoot, .path = "/", .name = "/", .methods = kReadMethods, .needs_key = false, .counts = false},
};
constexpr Route kModelRoute{
    .kind = RouteKind::kModel, .path = "/v1/models/", .name = kModelsRoute, .methods = kReadMethods};

constexpr Route kKeyRoute = key_route(RouteKind::kKey, "/v1/admin/keys/", "GET, HEAD, PATCH, DELETE, OPTIONS");
constexpr Route kRotateRoute = key_route(RouteKind::kKeyRotate, "/v1/admin/keys/", kChatMethods);

std::optional<Route> client_route(const dialects::ClientRoute& client, std::string_view path) {
  Route route{.kind = RouteKind::kChat, .path = client.path, .name = client.path, .methods = kChatMethods};
  if (dialects::is_same_path(path, client.path)) return route;
  if (!client.count_path.empty() && dialects::is_same_path(path, client.count_path)) {
    route.kind = RouteKind::kCountTokens;
    route.path = route.name = client.count_path;
    return route;
  }
  for (const std::string_view stateful : client.stateful) {
    if (!dialects::is_at_or_below(path, stateful)) continue;
    return Route{.kind = RouteKind::kStateful,
                 .path = stateful,
                 .name = stateful,
                 .methods = "GET, HEAD, POST, DELETE, OPTIONS",
                 .counts = false};
  }
  return std::nullopt;
}

bool is_list_of_models(std::string_view path) {
  return dialects::is_same_path(path, kModelsRoute) || dialects::is_same_path(path, kModelRoute.path);
}

}  // namespace

std::optional<Route> find_route(dialects::ClientRoutes clients, std::string_view path) {
  for (const dialects::ClientRoute& client : clients) {
    if (std::optional<Route> route = client_route(client, path)) return route;
  }
  for (const Route& route : kRoutes) {
    if (dialects::is_same_path(path, route.path)) return route;
  }
  if (!rest_of_path(kModelRoute, path).empty()) return kModelRoute;
  const std::string_view key = rest_of_path(kKeyRoute, path);
  if (!key.empty()) return key.ends_with(kRotateSuffix) ? kRotateRoute : kKeyRoute;
  return std::nullopt;
}

std::string_view rest_of_path(const Route& route, std::string_view path) {
  std::string_view known = route.path;
  if (!path.starts_with(known)) known.remove_prefix(std::min(known.find('/', 1), known.size()));
  return !known.empty() && path.starts_with(known) ? path.substr(known.size()) : std::string_view();
}

const dialects::ClientRoute& dialect_of(dialects::ClientRoutes clients, const ClientRequest& request,
                                        const Head& head) {
  if (const dialects::ClientRoute* own = dialects::find_client_route(clients, request.path)) return *own;
  const bool is_list = is_list_of_models(request.path);
  for (const dialects::ClientRoute& client : clients) {
    if (!client.header.empty() && !head.header(client.header).empty()) return client;
    const auto is_given = [&request](std::string_view name) { return has_query_parameter(request.query, name); };
    if (is_list && std::any_of(client.list_parameters.begin(), client.list_parameters.end(), is_given)) return client;
  }
  return clients.front();
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
