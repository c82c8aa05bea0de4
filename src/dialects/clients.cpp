#include "dialects/clients.h"

#include "dialects/openai_chat/dialect.h"

namespace onellm::dialects {

ClientRoutes client_routes() {
  static const ClientRoute kRoutes[] = {
      {.path = "/v1/chat/completions", .dialect = &openai_chat::dialect()},
  };
  return kRoutes;
}

// worker/failure.js finds the row of a path in the same way.
const ClientRoute& client_route_of(ClientRoutes routes, std::string_view path) {
  for (const ClientRoute& route : routes) {
    if (!path.starts_with(route.path)) continue;
    if (path.size() == route.path.size() || path[route.path.size()] == '/') return route;
  }
  return routes.front();
}

std::string_view path_with_choices(ClientRoutes routes) {
  for (const ClientRoute& route : routes) {
    if (route.dialect->has_choices()) return route.path;
  }
  return {};
}

}  // namespace onellm::dialects
