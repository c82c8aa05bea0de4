#include <gtest/gtest.h>

#include "support/gateway_driver.h"
#include "support/gateway_settings.h"

namespace onellm::gateway::test {
namespace {

Reply get(const std::string& target) {
  Configured gateway(settings_with({{"ONELLM_ALIASES", {{"fast", "host/alpha|echo"}}}}));
  Driver driver(gateway);
  driver.request("GET " + target);
  EXPECT_TRUE(driver.reply.ended);
  EXPECT_EQ(driver.calls(), 0U);
  return driver.reply;
}

std::vector<std::string> ids_of(const Reply& reply) {
  std::vector<std::string> ids;
  for (const Json& model : reply.json()["data"]) ids.push_back(model["id"]);
  return ids;
}

TEST(Models, AreListedInTheShapeOfOpenAi) {
  const Reply reply = get("/v1/models");
  ASSERT_EQ(reply.status, 200);
  EXPECT_EQ(reply.json()["object"], "list");
  ASSERT_FALSE(reply.json()["data"].empty());
  for (const Json& model : reply.json()["data"]) {
    EXPECT_EQ(model["object"], "model");
    EXPECT_TRUE(model["created"].is_number_integer());
    EXPECT_TRUE(model["owned_by"].is_string());
  }
}

TEST(Models, OfEverySettingAreListed) {
  const std::vector<std::string> ids = ids_of(get("/v1/models"));
  for (const char* id : {"echo", "fast", "alpha", "org/beta", "gamma", "delta"}) {
    EXPECT_EQ(std::count(ids.begin(), ids.end(), id), 1) << id;
  }
}

TEST(Models, AreFilteredByProvider) {
  EXPECT_EQ(ids_of(get("/v1/models?providers=host")), (std::vector<std::string>{"alpha", "org/beta"}));
  EXPECT_EQ(ids_of(get("/v1/models?providers=plain,%20mute")), (std::vector<std::string>{"gamma", "delta"}));
  EXPECT_TRUE(ids_of(get("/v1/models?providers=nobody")).empty());
}

TEST(Models, HaveIdsWithSlashes) {
  for (const char* target : {"/v1/models/org/beta", "/v1/models/org%2Fbeta"}) {
    const Reply reply = get(target);
    EXPECT_EQ(reply.status, 200) << target;
    EXPECT_EQ(reply.json()["id"], "org/beta");
    EXPECT_EQ(reply.json()["owned_by"], "host");
  }
}

TEST(Models, OfAFamilyAreFoundThoughNotListed) {
  const Reply reply = get("/v1/models/gpt-4o");
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.json()["id"], "gpt-4o");
  EXPECT_EQ(reply.json()["owned_by"], "openai");
}

TEST(Models, UnknownAreNotFound) {
  for (const char* target : {"/v1/models/alpa", "/v1/models/echo,alpha", "/v1/models/,", "/v1/models/%00"}) {
    const Reply reply = get(target);
    EXPECT_EQ(reply.status, 404) << target;
    EXPECT_EQ(reply.error("code"), "model_not_found") << target;
  }
  EXPECT_NE(get("/v1/models/alpa").error("message").find("alpha"), std::string::npos) << "the nearest name helps";
}

TEST(Models, AnyListedIdIsFoundAndReachesItsTarget) {
  for (const std::string& id : ids_of(get("/v1/models"))) {
    EXPECT_EQ(get("/v1/models/" + id).status, 200) << id;
    Configured gateway(settings_with({{"ONELLM_ALIASES", {{"fast", "host/alpha|echo"}}}}));
    Driver driver(gateway);
    driver.chat(Json{{"model", id}, {"messages", {{{"role", "user"}, {"content", "Hi"}}}}});
    EXPECT_TRUE(driver.calls() == 1 || driver.reply.status == 200) << id << "\n" << driver.transcript();
  }
}

}  // namespace
}  // namespace onellm::gateway::test
