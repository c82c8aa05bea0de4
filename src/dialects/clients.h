// The table of the routes on which clients chat, and the dialect of each.
//
// Rule: the dialect of a request is that of its path, for everything that is said to the client, also for errors.
#pragma once

#include <span>
#include <string_view>

#include "dialects/client_dialect.h"

namespace onellm::dialects {

struct ClientRoute {
  std::string_view path;
  const ClientDialect* dialect;
};

// Never empty. The dialect of the first row is also that of all paths which are no row's.
using ClientRoutes = std::span<const ClientRoute>;

// The table itself. Tests replace it.
[[nodiscard]] ClientRoutes client_routes();

// The row of a path or of the paths below it; else the first one.
[[nodiscard]] const ClientRoute& client_route_of(ClientRoutes routes, std::string_view path);

// The first path whose dialect has choices (ClientDialect::has_choices); empty: there is none.
[[nodiscard]] std::string_view path_with_choices(ClientRoutes routes);

}  // namespace onellm::dialects
