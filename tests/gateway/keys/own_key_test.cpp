// GET /v1/key and GET /v1/usage: a key about itself.
#include <gtest/gtest.h>

#include "support/gateway_driver.h"
#include "support/gateway_settings.h"
#include "support/key_world.h"

namespace onellm::gateway::test {
namespace {

Json with_ledger() { return settings_with({{"ONELLM_LEDGER", "1"}, {"bindings", {"ONELLM_LEDGER_OBJECT"}}}); }

TEST(OwnKey, OfTheMasterHasNoLimitsAndTheSpendOfTheLedger) {
  Configured gateway(with_ledger());
  Driver driver(gateway);
  driver.request("GET /v1/key");
  ASSERT_EQ(driver.object_calls.size(), 1U);
  EXPECT_EQ(driver.object_calls[0].head, "ONELLM_LEDGER_OBJECT ledger totals");
  const Json asked = Json::parse(driver.object_calls[0].argument);
  EXPECT_EQ(asked["key"], "master");
  EXPECT_EQ(asked["from_hour"], 471'888) << "the first of the month";
  driver.object_reply(0, R"({"money":"3000000000000","last_ms":1,"hours":[{"hour":472032,"money":"500000000000"},)"
                         R"({"hour":472222,"money":"1000000000000"}]})");
  const Json data = driver.reply.json()["data"];
  EXPECT_EQ(data["label"], "master");
  EXPECT_EQ(data["limit"], nullptr);
  EXPECT_EQ(data["usage"], 3);
  EXPECT_EQ(data["usage_daily"], 1);
  EXPECT_EQ(data["usage_monthly"], 1.5);
}

TEST(OwnKey, HasNoSpendWhereNobodyKnowsIt) {
  Configured gateway;
  Driver driver(gateway);
  driver.request("GET /v1/key");
  EXPECT_EQ(driver.reply.status, 200);
  EXPECT_EQ(driver.reply.json()["data"]["usage"], nullptr);
  Configured silent(with_ledger());
  Driver other(silent);
  other.request("GET /v1/key");
  other.wait(3'000);
  EXPECT_EQ(other.reply.json()["data"]["usage"], nullptr);
}

// A key that another key's owner has. Its limiter, or the ledger, is answered by the test.
struct OtherKey : ::testing::Test {
  OtherKey() { world.silent = {"read", "totals", "query"}; }

  Driver& ask(const std::string& line, const Json& fields) {
    secret = world.make(fields);
    driver.request(line, KeyWorld::with(secret));
    world.serve(driver);
    return driver;
  }
  void limiter_has(int64_t version) {
    driver.object_reply(1, Json{{"usage",
                                 {{"version", version},
                                  {"spent", "250000000000"},
                                  {"window_start_ms", static_cast<int64_t>(kStartMs)},
                                  {"total", "500000000000"}}}}
                               .dump());
  }

  KeyWorld world;
  std::string secret;
  Configured gateway{settings_with(
      {{"ONELLM_LEDGER", "1"}, {"bindings", {"ONELLM_LEDGER_OBJECT", "ONELLM_KEYS_OBJECT", "ONELLM_LIMITER_OBJECT"}}})};
  Driver driver{gateway};
};

TEST_F(OtherKey, WithLimitsHasTheSpendOfItsLimiter) {
  ask("GET /v1/key", {{"key_alias", "Anna"}, {"max_budget", 1}, {"rpm_limit", 7}});
  ASSERT_EQ(driver.object_calls.size(), 2U);
  EXPECT_EQ(driver.object_calls[1].head, "ONELLM_LIMITER_OBJECT key_1 read");
  limiter_has(1);
  const Json data = driver.reply.json()["data"];
  EXPECT_EQ(data["label"], "Anna");
  EXPECT_EQ(data["limit"], 1);
  EXPECT_EQ(data["limit_remaining"], 0.75);
  EXPECT_EQ(data["usage"], 0.5);
  EXPECT_EQ(data["rpm_limit"], 7);
}

TEST_F(OtherKey, ShowsAChangeThatItsLimiterKnowsAtOnce) {
  ask("GET /v1/key", {{"max_budget", 1}});
  world.patch("key_1", {{"max_budget", 2}});
  limiter_has(2);
  ASSERT_EQ(driver.object_calls.size(), 3U);
  EXPECT_EQ(driver.object_calls[2].head, "ONELLM_KEYS_OBJECT keys read");
  driver.object_reply(2, Json{{"record", keys::to_stored(world.records["key_1"])}}.dump());
  EXPECT_EQ(driver.reply.json()["data"]["limit_remaining"], 1.75);
}

TEST_F(OtherKey, IsRefusedOnceItsLimiterKnowsThatItIsBlockedOrDeleted) {
  ask("GET /v1/key", {{"max_budget", 1}});
  world.patch("key_1", {{"blocked", true}});
  limiter_has(2);
  driver.object_reply(2, Json{{"record", keys::to_stored(world.records["key_1"])}}.dump());
  EXPECT_EQ(driver.reply.status, 401);
  EXPECT_NE(driver.reply.error("message").find("blocked"), std::string::npos);
}

TEST_F(OtherKey, ThatWasDeletedIsRefused) {
  ask("GET /v1/key", {{"max_budget", 1}});
  limiter_has(2);
  driver.object_reply(2, R"({"problem":"key_not_found"})");
  EXPECT_EQ(driver.reply.error("code"), "invalid_api_key");
}

TEST_F(OtherKey, IsUnavailableWhereItsLimiterIsSilentOrFails) {
  ask("GET /v1/key", {{"max_budget", 1}}).wait(3'000);
  EXPECT_EQ(driver.reply.error("code"), "key_store_unavailable");
  Driver other(gateway);
  other.request("GET /v1/key", KeyWorld::with(secret));
  other.object_failed(0);
  EXPECT_EQ(other.reply.error("code"), "key_store_unavailable");
}

TEST_F(OtherKey, WithoutLimitsHasTheSpendOfTheLedger) {
  ask("GET /v1/key", Json::object());
  ASSERT_EQ(driver.object_calls.size(), 2U);
  EXPECT_EQ(Json::parse(driver.object_calls[1].argument)["key"], "key_1");
  driver.object_reply(1, R"({"money":"3000000000000","last_ms":1,"hours":[]})");
  EXPECT_EQ(driver.reply.json()["data"]["usage"], 3);
}

TEST_F(OtherKey, SeesItsOwnUsageAlone) {
  ask("GET /v1/usage", Json::object());
  EXPECT_EQ(Json::parse(driver.object_calls[1].argument)["key"], "key_1");
}

TEST_F(OtherKey, MayUseNoAdminRoute) {
  secret = world.make();
  for (const char* line : {"GET /v1/admin/keys", "POST /v1/admin/keys", "GET /v1/admin/keys/key_1",
                           "PATCH /v1/admin/keys/key_1", "DELETE /admin/keys/key_1", "POST /v1/admin/keys/key_1/rotate",
                           "GET /v1/admin/keys/export", "POST /v1/admin/keys/import", "GET /v1/admin/usage"}) {
    Driver other(gateway);
    world.meet(other);
    other.request(line, KeyWorld::with(secret));
    world.serve(other);
    EXPECT_EQ(other.reply.status, 403) << line;
    EXPECT_EQ(other.reply.error("code"), "permission_denied") << line;
    EXPECT_FALSE(other.body_wanted) << line;
  }
}

TEST(OwnUsage, IsThatOfTheKeyAlone) {
  Configured gateway(with_ledger());
  Driver driver(gateway);
  driver.request("GET /v1/usage?group_by=day,model");
  EXPECT_EQ(Json::parse(driver.object_calls.at(0).argument)["key"], "master");
  driver.object_reply(0, R"({"data":[]})");
  EXPECT_EQ(driver.reply.json()["object"], "usage");
}

TEST(OwnUsage, AsksAnalyticsEngineForTheKeyAlone) {
  Configured gateway(settings_with({{"CF_ACCOUNT_ID", "account0"}, {"CF_API_TOKEN", "token-of-cloudflare"}}));
  Driver driver(gateway);
  driver.request("GET /v1/usage");
  EXPECT_NE(driver.fetches[0].body.find(" AND index1 = 'master' GROUP BY"), std::string::npos)
      << driver.fetches[0].body;
  Driver all(gateway);
  all.request("GET /v1/admin/usage");
  EXPECT_EQ(all.fetches[0].body.find("index1"), std::string::npos);
}

TEST(OwnUsage, NeitherGroupsNorFiltersByKey) {
  Configured gateway(with_ledger());
  const std::pair<const char*, const char*> wrong[] = {{"group_by=key", "group_by"}, {"group_by=day,key", "group_by"},
                                                       {"key=master", "key"},        {"key_id=key_a", "key_id"},
                                                       {"k%65y=master", "key"},      {"from=yesterday", "from"}};
  for (const auto& [query, param] : wrong) {
    Driver driver(gateway);
    driver.request(std::string("GET /v1/usage?") + query);
    EXPECT_EQ(driver.reply.status, 400) << query;
    EXPECT_EQ(driver.reply.error("param"), param) << query;
    EXPECT_TRUE(driver.object_calls.empty());
  }
}

}  // namespace
}  // namespace onellm::gateway::test
