#include "dialects/clients.h"

#include "dialects/anthropic_messages/client/encode_models.h"
#include "dialects/anthropic_messages/dialect.h"
#include "dialects/openai_chat/dialect.h"

namespace onellm::dialects {

namespace {

constexpr std::string_view kVersion = "/v1";

constexpr std::string_view kMessageBatches[] = {"/v1/messages/batches"};

bool begins_with_path(std::string_view path, std::string_view known) {
  return path.starts_with(known) && (path.size() == known.size() || path[known.size()] == '/');
}

}  // namespace

std::string_view without_version(std::string_view known) {
  const bool has_version = known.starts_with(kVersion) && known.substr(kVersion.size()).starts_with('/');
  return has_version ? known.substr(kVersion.size()) : known;
}

ClientRoutes client_routes() {
  static const ClientRoute kRoutes[] = {
      {.path = "/v1/chat/completions", .dialect = &openai_chat::dialect()},
      {.path = "/v1/messages",
       .dialect = &anthropic_messages::dialect(),
       .count_path = "/v1/messages/count_tokens",
       .stateful = kMessageBatches,
       .header = "anthropic-version",
       .list_parameters = anthropic_messages::kListParameters},
  };
  return kRoutes;
}

bool is_same_path(std::string_view path, std::string_view known) {
  return path == known || path == without_version(known);
}

bool is_at_or_below(std::string_view path, std::string_view known) {
  return begins_with_path(path, known) || begins_with_path(path, without_version(known));
}

// worker/failure.js finds the row of a path in the same way.
const ClientRoute* find_client_route(ClientRoutes routes, std::string_view path) {
  for (const ClientRoute& route : routes) {
    if (is_at_or_below(path, route.path)) return &route;
  }
  return nullptr;
}

const ClientRoute& client_route_of(ClientRoutes routes, std::string_view path) {
  const ClientRoute* route = find_client_route(routes, path);
  return route == nullptr ? routes.front() : *route;
}

std::string_view path_with_choices(ClientRoutes routes) {
  for (const ClientRoute& route : routes) {
    if (route.dialect->has_choices()) return route.path;
  }
  return {};
}

}  // namespace onellm::dialects
