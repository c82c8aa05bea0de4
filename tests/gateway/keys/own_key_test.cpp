// GET /v1/key and GET /v1/usage: a key about itself.
#include <gtest/gtest.h>

#include "support/gateway_driver.h"
#include "support/gateway_settings.h"

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
