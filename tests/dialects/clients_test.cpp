#include "dialects/clients.h"

#include <gtest/gtest.h>

#include "dialects/ids.h"

namespace onellm::dialects {
namespace {

const ClientDialect* default_dialect() { return client_routes().front().dialect; }

TEST(Clients, ChatOfOpenAiIsTheFirstRow) {
  EXPECT_EQ(client_routes().front().path, "/v1/chat/completions");
  EXPECT_EQ(default_dialect()->id(), kOpenaiChat);
}

TEST(Clients, APathBelowARouteIsOfThatRoute) {
  const ClientRoute routes[] = {{.path = "/one", .dialect = default_dialect()},
                                {.path = "/two", .dialect = default_dialect()}};
  EXPECT_EQ(client_route_of(routes, "/two").path, "/two");
  EXPECT_EQ(client_route_of(routes, "/two/more").path, "/two");
  EXPECT_EQ(client_route_of(routes, "/two/more/still").path, "/two");
}

TEST(Clients, AnyOtherPathIsOfTheFirstRoute) {
  const ClientRoute routes[] = {{.path = "/one", .dialect = default_dialect()},
                                {.path = "/two", .dialect = default_dialect()}};
  for (const char* path : {"", "/", "/twofold", "/tw", "/v1/models", "/one/two", "/elsewhere/two"}) {
    EXPECT_EQ(client_route_of(routes, path).path, "/one") << path;
  }
}

TEST(Clients, ChatOfOpenAiHasChoices) {
  EXPECT_EQ(path_with_choices(client_routes()), "/v1/chat/completions");
  EXPECT_EQ(path_with_choices({}), "");
}

TEST(Clients, EveryRowHasAPathOfItsOwnAndADialect) {
  for (const ClientRoute& route : client_routes()) {
    EXPECT_TRUE(route.path.starts_with('/')) << route.path;
    EXPECT_NE(route.dialect, nullptr) << route.path;
    EXPECT_EQ(&client_route_of(client_routes(), route.path), &route);
  }
}

}  // namespace
}  // namespace onellm::dialects
