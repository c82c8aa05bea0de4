#include <gtest/gtest.h>

#include "gateway/accounting/data_point.h"
#include "gateway/usage/query.h"
#include "gateway/usage/report.h"
#include "gateway/usage/sql.h"
#include "gateway/usage/sums.h"
#include "support/gateway_driver.h"
#include "support/gateway_settings.h"

namespace onellm::gateway::test {
namespace {

constexpr int64_t kStartHour = 472'222;  // Of kStartMs, 2023-11-14T22:13:20Z.

Json with_ledger(Json more = Json::object()) {
  more["ONELLM_LEDGER"] = "1";
  more["bindings"] = {"ONELLM_LEDGER_OBJECT"};
  return settings_with(more);
}

const Json kWithApi = settings_with({{"CF_ACCOUNT_ID", "account0"},
                                     {"CF_API_TOKEN", "upstream-token-of-cloudflare"},
                                     {"CF_API_BASE", "https://cloudflare.test/v4/"},
                                     {"ONELLM_ANALYTICS_DATASET", "points"}});

struct LedgerRoute : ::testing::Test {
  Driver& get(const std::string& query = "") {
    driver.request("GET /v1/admin/usage" + query);
    return driver;
  }

  Configured gateway{with_ledger()};
  Driver driver{gateway};
};

TEST_F(LedgerRoute, AsksTheLedgerForTheLastThirtyDaysByModel) {
  get();
  ASSERT_EQ(driver.object_calls.size(), 1U);
  EXPECT_EQ(driver.object_calls[0].head, "ONELLM_LEDGER_OBJECT ledger query");
  EXPECT_EQ(Json::parse(driver.object_calls[0].argument), (Json{{"from_hour", kStartHour + 1 - 30 * 24},
                                                                {"to_hour", kStartHour + 1},
                                                                {"limit", 10'001},
                                                                {"group_by", {"model"}}}));
  EXPECT_EQ(driver.reply.status, 0);
}

TEST_F(LedgerRoute, AnswersWithGroupsAndTheirTotal) {
  get("?group_by=day,model");
  driver.object_reply(0, R"({"data":[)"
                         R"({"day":19675,"model":"gpt-4o","requests":"2","calls":"3","errors":"1",)"
                         R"("prompt_tokens":"9007199254740993","cost_pico_usd":"1234567890123"},)"
                         R"({"day":19675,"model":"","refused":"4"}]})");
  EXPECT_EQ(driver.reply.status, 200);
  EXPECT_EQ(driver.reply.header("content-type"), "application/json");
  const Json body = driver.reply.json();
  EXPECT_EQ(body["object"], "usage");
  EXPECT_EQ(body["source"], "ledger");
  EXPECT_EQ(body["from"], "2023-10-15T23:00:00Z");
  EXPECT_EQ(body["to"], "2023-11-14T23:00:00Z");
  EXPECT_EQ(body["group_by"], Json({"day", "model"}));
  ASSERT_EQ(body["data"].size(), 2U);
  const Json& row = body["data"][0];
  EXPECT_EQ(row["day"], "2023-11-14");
  EXPECT_EQ(row["model"], "gpt-4o");
  EXPECT_EQ(row["calls"], 3);
  EXPECT_EQ(row["prompt_tokens"], 9'007'199'254'740'993);
  EXPECT_NE(driver.reply.body.find(R"("cost_usd":1.234567890123)"), std::string::npos) << "every digit of it";
  EXPECT_EQ(row["reasoning_tokens"], 0);
  EXPECT_EQ(row.size(), 2 + kSumsCount);
  EXPECT_EQ(body["data"][1]["model"], "(unknown)");
  EXPECT_EQ(body["total"]["requests"], 2);
  EXPECT_EQ(body["total"]["refused"], 4);
  EXPECT_EQ(body["total"].size(), kSumsCount);
}

TEST_F(LedgerRoute, TellsCostsThatAreLargerThan64BitsHold) {
  get().object_reply(0, R"({"data":[{"model":"a","cost_pico_usd":"9223372036854775808"},)"
                        R"({"model":"b","cost_pico_usd":"12999999000000000000000001"}]})");
  const std::string& body = driver.reply.body;
  EXPECT_NE(body.find(R"("cost_usd":9223372.036854775808,)"), std::string::npos) << body;
  EXPECT_NE(body.find(R"("cost_usd":12999999000000.000000000001,)"), std::string::npos) << body;
  EXPECT_NE(body.find(R"("cost_usd":13000008223372.036854775809,)"), std::string::npos) << body;
}

TEST_F(LedgerRoute, NamesEveryKindOfGroup) {
  get("?group_by=hour,day,key,model,provider");
  driver.object_reply(0, R"({"data":[{"hour":472222,"day":19675,"key":"master","model":"m\"1","provider":""}]})");
  const Json row = driver.reply.json()["data"][0];
  EXPECT_EQ(row["hour"], "2023-11-14T22:00:00Z");
  EXPECT_EQ(row["day"], "2023-11-14");
  EXPECT_EQ(row["key"], "master");
  EXPECT_EQ(row["model"], "m\"1");
  EXPECT_EQ(row["provider"], "(none)");
}

TEST_F(LedgerRoute, AnswersNothingWithNoGroupsAndZeros) {
  get().object_reply(0, R"({"data":[]})");
  EXPECT_EQ(driver.reply.json()["data"], Json::array());
  EXPECT_EQ(driver.reply.json()["total"]["calls"], 0);
  EXPECT_EQ(driver.reply.json()["total"]["cost_usd"], 0);
}

TEST_F(LedgerRoute, SaysThatTheLedgerFailed) {
  get().object_failed(0);
  EXPECT_EQ(driver.reply.status, 502);
  EXPECT_EQ(driver.reply.error("code"), "upstream_unreachable");
}

TEST_F(LedgerRoute, SaysThatTheLedgerIsSilent) {
  get().wait(20'000);
  EXPECT_EQ(driver.reply.status, 504);
  driver.object_reply(0, R"({"data":[]})");
  EXPECT_EQ(driver.reply.status, 504) << "too late";
}

TEST_F(LedgerRoute, DoesNotBelieveWhatIsNoAnswer) {
  for (const char* reply : {"", "no json", "{}", R"({"data":7})", R"({"data":[{"calls":1})"}) {
    Driver other(gateway);
    other.request("GET /v1/admin/usage");
    other.object_reply(0, reply);
    EXPECT_EQ(other.reply.status, 502) << reply;
  }
}

TEST_F(LedgerRoute, NeedsTheKey) {
  driver.request("GET /v1/admin/usage", {});
  EXPECT_EQ(driver.reply.status, 401);
  EXPECT_TRUE(driver.object_calls.empty());
  Driver wrong(gateway);
  wrong.request("GET /v1/admin/usage", {{"authorization", "Bearer wrong"}});
  EXPECT_EQ(wrong.reply.status, 401);
  Driver post(gateway);
  post.request("POST /v1/admin/usage");
  EXPECT_EQ(post.reply.status, 405);
}

TEST_F(LedgerRoute, NamesParametersThatAreWrong) {
  const std::pair<const char*, const char*> wrong[] = {{"from=yesterday", "from"},
                                                       {"to=2026-13-01", "to"},
                                                       {"from=-5", "from"},
                                                       {"from=-9223372036854775808", "from"},
                                                       {"from=2023-02-29", "from"},
                                                       {"from=1970-01-01T00:00:00-99:99", "from"},
                                                       {"from=2&to=1", "from"},
                                                       {"from=17000000000000", "from"},
                                                       {"to=2023-11-14T22:00:00X", "to"},
                                                       {"group_by=colour", "group_by"},
                                                       {"group_by=model,,key", "group_by"},
                                                       {"group_by=model%3B", "group_by"},
                                                       {"from=2023-11-15", "from"},
                                                       {"from=1700000000&to=1690000000", "from"},
                                                       {"to=0", "to"}};
  for (const auto& [query, param] : wrong) {
    Driver other(gateway);
    other.request(std::string("GET /v1/admin/usage?") + query);
    EXPECT_EQ(other.reply.status, 400) << query;
    EXPECT_EQ(other.reply.error("param"), param) << query;
    EXPECT_TRUE(other.object_calls.empty()) << query;
  }
}

TEST_F(LedgerRoute, RefusesMoreGroupsThanFitInAnAnswer) {
  std::string rows = R"({"data":[{"hour":1})";
  for (int i = 0; i < 10'000; ++i) rows += R"(,{"hour":2})";
  get("?group_by=hour").object_reply(0, rows + "]}");
  EXPECT_EQ(driver.reply.status, 400);
  EXPECT_EQ(driver.reply.error("param"), "group_by");
}

// --- times ---

std::pair<int64_t, int64_t> hours_of(const std::string& query) {
  Result<UsageQuery> read = read_usage_query(query, "", kStartMs);
  return read ? std::pair(read->from_hour, read->to_hour) : std::pair<int64_t, int64_t>(-1, -1);
}

TEST(UsageQuery, ReadsDatesTimesAndSeconds) {
  const std::pair<int64_t, int64_t> day(472'200, 472'224);
  EXPECT_EQ(hours_of("from=2023-11-14&to=2023-11-14"), day) << "a date alone is included";
  EXPECT_EQ(hours_of("from=2023-11-14T00:00&to=2023-11-15T00:00:00Z"), day);
  EXPECT_EQ(hours_of("from=2023-11-14T00:00:00&to=2023-11-15T02:00:00%2B02:00"), day);
  EXPECT_EQ(hours_of("from=1699920000&to=1700006400"), day);
}

TEST(UsageQuery, CountsTheHoursThatTimesLieInWhole) {
  EXPECT_EQ(hours_of("from=2023-11-14T21:59:59Z&to=2023-11-14T22:00:01Z"), std::pair(kStartHour - 1, kStartHour + 1));
  EXPECT_EQ(hours_of("from=2023-11-14T22:00:00Z"), std::pair(kStartHour, kStartHour + 1)) << "up to now";
}

TEST(UsageQuery, TakesAGroupNamedTwiceOnce) {
  Result<UsageQuery> query = read_usage_query("group_by=key,%20model,key", "", kStartMs);
  ASSERT_TRUE(query);
  EXPECT_EQ(std::vector(query->groups().begin(), query->groups().end()),
            (std::vector{UsageGroup::kKey, UsageGroup::kModel}));
}

// --- Analytics Engine ---

struct AnalyticsRoute : ::testing::Test {
  AnalyticsRoute() { driver.request("GET /v1/admin/usage?group_by=day,key&from=2023-11-14&to=2023-11-14"); }

  Configured gateway{kWithApi};
  Driver driver{gateway};
};

TEST_F(AnalyticsRoute, AsksTheSqlApi) {
  ASSERT_EQ(driver.calls(), 1U);
  EXPECT_EQ(driver.fetches[0].url, "POST https://cloudflare.test/v4/accounts/account0/analytics_engine/sql");
  EXPECT_EQ(driver.fetches[0].headers["authorization"], "Bearer upstream-token-of-cloudflare");
  const std::string& sql = driver.fetches[0].body;
  EXPECT_NE(sql.find("FROM points WHERE timestamp >= toDateTime(1699920000) AND timestamp < toDateTime(1700006400)"),
            std::string::npos)
      << sql;
  EXPECT_NE(sql.find("GROUP BY day, key ORDER BY day, cost_pico_usd DESC"), std::string::npos) << sql;
  EXPECT_NE(sql.find("index1 AS key"), std::string::npos) << sql;
  EXPECT_EQ(sql.find('{'), std::string::npos) << sql;
  for (const std::string_view sum : kSumNames) {
    EXPECT_NE(sql.find(" AS " + std::string(sum)), std::string::npos) << sum;
  }
  EXPECT_NE(sql.find("sum(_sample_interval * double4) AS prompt_tokens"), std::string::npos) << sql;
}

TEST_F(AnalyticsRoute, AnswersInTheShapeOfTheLedger) {
  driver.answer(0, 200,
                R"({"meta":[{"name":"day","type":"UInt64"}],"data":[{"day":"19675","key":"master","requests":"2",)"
                R"("calls":2,"prompt_tokens":14.0,"cost_pico_usd":1.234e9,"unpriced_calls":0}],"rows":1})");
  EXPECT_EQ(driver.reply.status, 200);
  const Json body = driver.reply.json();
  EXPECT_EQ(body["source"], "analytics_engine");
  EXPECT_EQ(body["data"][0]["day"], "2023-11-14");
  EXPECT_EQ(body["data"][0]["requests"], 2);
  EXPECT_EQ(body["data"][0]["prompt_tokens"], 14);
  EXPECT_NE(driver.reply.body.find(R"("cost_usd":0.001234)"), std::string::npos);
  EXPECT_EQ(body["total"]["calls"], 2);
}

TEST_F(AnalyticsRoute, TellsTheStatusOfARefusalAndNothingOfItsWords) {
  driver.answer(0, 403, "upstream-token-of-cloudflare may not do that");
  EXPECT_EQ(driver.reply.status, 502);
  EXPECT_EQ(driver.reply.header("x-onellm-upstream-status"), "403");
  EXPECT_NE(driver.reply.error("message").find("403"), std::string::npos);
  EXPECT_EQ(driver.reply.body.find("upstream-token"), std::string::npos);
  EXPECT_EQ(driver.fetches[0].aborts, 1) << "the rest is not read";
}

TEST_F(AnalyticsRoute, SaysThatTheApiCannotBeReached) {
  driver.fail(0);
  EXPECT_EQ(driver.reply.status, 502);
  EXPECT_EQ(driver.reply.error("code"), "upstream_unreachable");
}

TEST_F(AnalyticsRoute, SaysThatTheApiIsSilent) {
  driver.wait(20'000);
  EXPECT_EQ(driver.reply.status, 504);
  EXPECT_EQ(driver.fetches[0].aborts, 1);
}

TEST_F(AnalyticsRoute, EndsTheCallWhenTheClientIsGone) {
  driver.client_gone();
  EXPECT_EQ(driver.fetches[0].aborts, 1);
}

TEST(UsageRoute, SaysWhatToSetWhereNothingIsKept) {
  Configured gateway;
  Driver driver(gateway);
  driver.request("GET /v1/admin/usage");
  EXPECT_EQ(driver.reply.status, 503);
  EXPECT_NE(driver.reply.error("message").find("ONELLM_LEDGER=1"), std::string::npos);
  EXPECT_NE(driver.reply.error("message").find("CF_API_TOKEN"), std::string::npos);
}

TEST(UsageRoute, AsksAnalyticsEngineWhereBothAreThere) {
  Json settings = kWithApi;
  settings.update(with_ledger());
  Configured gateway(settings);
  Driver driver(gateway);
  driver.request("GET /v1/admin/usage");
  EXPECT_EQ(driver.calls(), 1U);
  EXPECT_TRUE(driver.object_calls.empty());
}

TEST(UsageRoute, NamesTheSettingThatIsWrong) {
  Configured gateway(settings_with({{"CF_ACCOUNT_ID", "../x/y"}, {"CF_API_TOKEN", "upstream-token-of-cloudflare"}}));
  Driver driver(gateway);
  driver.request("GET /v1/admin/usage");
  EXPECT_EQ(driver.reply.status, 503);
  EXPECT_NE(driver.reply.error("message").find("CF_ACCOUNT_ID: is not an account's id."), std::string::npos);
  EXPECT_EQ(driver.reply.body.find("../x"), std::string::npos);
}

}  // namespace
}  // namespace onellm::gateway::test
