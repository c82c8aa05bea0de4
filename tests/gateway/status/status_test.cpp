// GET /v1/status.
#include <gtest/gtest.h>

#include "support/gateway_driver.h"
#include "support/gateway_settings.h"
#include "support/key_world.h"

namespace onellm::gateway::test {
namespace {

TEST(Status, TellsTheMasterKeyWhatIsThereAndWhatIsWrong) {
  Configured gateway(settings_with({{"ONELLM_RETRIES", "many"},
                                    {"ANTHROPIC_API_KEY", "key-of-anthropic"},
                                    {"bindings", {"ONELLM_LEDGER_OBJECT", "ONELLM_ANALYTICS"}}}));
  Driver driver(gateway);
  driver.request("GET /v1/status");
  EXPECT_EQ(driver.reply.status, 200);
  const Json status = driver.reply.json();
  EXPECT_EQ(status["scope"], "all");
  EXPECT_TRUE(status["version"].is_string());
  EXPECT_EQ(status["ledger"], true);
  EXPECT_EQ(status["analytics"], true);
  EXPECT_EQ(status["kv"], false);
  EXPECT_EQ(status["keys"], false);
  std::map<std::string, std::string> dialects;
  for (const Json& provider : status["providers"]) dialects[provider["name"]] = provider["dialect"];
  EXPECT_EQ(dialects["openai"], "openai");
  EXPECT_EQ(dialects["host"], "openai");
  EXPECT_EQ(dialects["anthropic"], "anthropic");
  ASSERT_EQ(status["problems"].size(), 1U) << status;
  EXPECT_EQ(status["problems"][0]["setting"], "ONELLM_RETRIES");
  EXPECT_NE(status["problems"][0]["message"], "");
  EXPECT_EQ(driver.reply.body.find(kUpstreamKey), std::string::npos);
  EXPECT_EQ(driver.calls(), 0U) << "no upstream is called";
}

TEST(Status, TellsAnotherKeyNoProblems) {
  Configured gateway(
      settings_with({{"ONELLM_RETRIES", "many"}, {"bindings", {"ONELLM_KEYS_OBJECT", "ONELLM_LIMITER_OBJECT"}}}));
  KeyWorld world;
  Driver driver(gateway);
  driver.request("GET /v1/status", KeyWorld::with(world.make()));
  world.serve(driver);
  const Json status = driver.reply.json();
  EXPECT_EQ(status["scope"], "key");
  EXPECT_EQ(status["keys"], true);
  EXPECT_FALSE(status.contains("problems"));
}

TEST(Status, NeedsAKey) {
  Configured gateway;
  Driver driver(gateway);
  driver.request("GET /v1/status", {});
  EXPECT_EQ(driver.reply.status, 401);
}

}  // namespace
}  // namespace onellm::gateway::test
