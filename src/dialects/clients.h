// The table of the routes on which clients chat, and the dialect of each.
//
// Rule: the dialect of a request is that of its path, for everything that is said to the client, also for errors.
#pragma once

#include <span>
#include <string_view>

#include "dialects/client_dialect.h"

namespace onellm::dialects {

// A path that begins with `/v1/` is also known without it: people set base URLs both ways.
struct ClientRoute {
  std::string_view path;
  const ClientDialect* dialect;
  // The path that counts the tokens of a prompt; empty: there is none.
  std::string_view count_path = {};
  // Paths of the dialect's API which need state that the gateway does not keep. The paths below them need it too.
  std::span<const std::string_view> stateful = {};
  // By which a client of the dialect is known on a path that is no row's: a header in lower case; empty: by nothing.
  std::string_view header = {};
  // The same for the list of models, where a parameter of the query tells it too.
  std::span<const std::string_view> list_parameters = {};
};

// Never empty. The dialect of the first row is also that of all paths which are no row's.
using ClientRoutes = std::span<const ClientRoute>;

// The table itself. Tests replace it.
[[nodiscard]] ClientRoutes client_routes();

// The other form of such a path: `/v1/messages` as `/messages`. A path without `/v1/` stays as it is.
[[nodiscard]] std::string_view without_version(std::string_view known);
// True if a request's path is `known`, with or without `/v1`.
[[nodiscard]] bool is_same_path(std::string_view path, std::string_view known);
// True if it is that path or one below it.
[[nodiscard]] bool is_at_or_below(std::string_view path, std::string_view known);

// The row of a path or of the paths below it. Null: the path is no row's.
[[nodiscard]] const ClientRoute* find_client_route(ClientRoutes routes, std::string_view path);
// The same; the first row if the path is no row's.
[[nodiscard]] const ClientRoute& client_route_of(ClientRoutes routes, std::string_view path);

// The first path whose dialect has choices (ClientDialect::has_choices); empty: there is none.
[[nodiscard]] std::string_view path_with_choices(ClientRoutes routes);

}  // namespace onellm::dialects
