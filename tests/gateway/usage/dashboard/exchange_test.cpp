// GET /v1/admin/usage?view=dashboard, and the same of GET /v1/usage.
#include <gtest/gtest.h>

#include "base/limits.h"
#include "support/gateway_driver.h"
#include "support/gateway_settings.h"
#include "support/key_world.h"

namespace onellm::gateway::test {
namespace {

constexpr const char* kHours = "?view=dashboard&step=hour&from=2023-11-14T20:00:00Z&to=2023-11-14T22:00:00Z";
constexpr int64_t kFirstHour = 472'220;

Json figures() {
  Json latencies = Json::array();
  for (int i = 0; i < 32; ++i) latencies.push_back(i == 2 ? 1 : 0);
  const Json sums = {{"requests", 2},
                     {"calls", 2},
                     {"errors", 1},
                     {"prompt_tokens", 9},
                     {"latencies", latencies},
                     {"cost_pico_usd", "1234567890123"},
                     {"cache_saved_pico_usd", "-500000000000"},
                     {"timed_tokens", 50},
                     {"timed_ms", 2000}};
  Json model = sums;
  model.update({{"model", ""}, {"provider", "openai"}});
  return {{"total", sums},
          {"previous", Json::object()},
          {"times", {{{"time", kFirstHour + 1}, {"requests", 2}, {"errors", 1}, {"latencies", latencies}}}},
          {"series", {{{"name", ""}, {"times", {{kFirstHour + 1, "1234567890123", 2}}}}}},
          {"models", {model, {{"model", "idle"}, {"provider", "p"}, {"together_calls", 1}}}},
          {"models_left_off", 0},
          {"together", {{{"model", "m"}, {"asked", 3}, {"first", 2}, {"failed", 1}, {"cost_pico_usd", "9"}}}},
          {"sessions",
           {{{"id", "s"},
             {"key", "key_1"},
             {"requests", 1},
             {"prompt_tokens", 2},
             {"completion_tokens", 3},
             {"cached_tokens", 4},
             {"cost_pico_usd", "5"},
             {"agents", {"codex"}},
             {"first_ms", 1'699'999'000'000},
             {"last_ms", 1'700'000'000'000}}}},
          {"names", {{"models", {"", "m"}}, {"providers", {"openai"}}, {"keys", {"key_1", "", "master"}}}}};
}

struct Dashboard : ::testing::Test {
  Driver& get(const std::string& query = kHours) {
    driver.request("GET /v1/admin/usage" + query);
    return driver;
  }

  Configured gateway{settings_with({{"bindings", {"ONELLM_LEDGER_OBJECT"}}})};
  Driver driver{gateway};
};

TEST_F(Dashboard, AnswersWithTheSumsOfTheLedger) {
  get();
  ASSERT_EQ(driver.object_calls.size(), 1U);
  EXPECT_EQ(driver.object_calls[0].head, "ONELLM_LEDGER_OBJECT ledger dashboard");
  driver.object_reply(0, figures().dump());
  EXPECT_EQ(driver.reply.status, 200);
  EXPECT_EQ(driver.reply.header("cache-control"), "no-store");
  const Json body = driver.reply.json();
  EXPECT_EQ(body["object"], "usage.dashboard");
  EXPECT_EQ(body["scope"], "all");
  EXPECT_EQ(body["from"], "2023-11-14T20:00:00Z");
  EXPECT_EQ(body["to"], "2023-11-14T22:00:00Z");
  EXPECT_EQ(body["step"], "hour");
  EXPECT_EQ(body["series_by"], "model");
  EXPECT_EQ(body["times"], Json({1'699'992'000, 1'699'995'600}));
  EXPECT_EQ(body["keys"], nullptr) << "there is no store of keys";
  EXPECT_FALSE(body.contains("own_key"));
}

TEST_F(Dashboard, HasEverySumAndWhatFollowsFromSums) {
  get().object_reply(0, figures().dump());
  const Json total = driver.reply.json()["total"];
  EXPECT_EQ(total.size(), kSumsCount + 4);
  EXPECT_EQ(total["requests"], 2);
  EXPECT_EQ(total["refused"], 0);
  EXPECT_NE(driver.reply.body.find(R"("cost_usd":1.234567890123,)"), std::string::npos) << "every digit of it";
  EXPECT_EQ(total["cache_saved_usd"], -0.5);
  EXPECT_EQ(total["first_token_p50_ms"], 17);
  EXPECT_EQ(total["first_token_p95_ms"], 20);
  EXPECT_EQ(total["tokens_per_second"], 25.0);
  const Json before = driver.reply.json()["previous"];
  EXPECT_EQ(before["requests"], 0);
  EXPECT_EQ(before["cache_saved_usd"], 0);
  EXPECT_EQ(before["first_token_p50_ms"], nullptr);
  EXPECT_EQ(before["tokens_per_second"], nullptr);
}

TEST_F(Dashboard, HasAPlaceForEachHour) {
  get().object_reply(0, figures().dump());
  const Json body = driver.reply.json();
  EXPECT_EQ(body["over_time"], (Json{{"requests", {0, 2}},
                                     {"errors", {0, 1}},
                                     {"first_token_p50_ms", {nullptr, 17}},
                                     {"first_token_p95_ms", {nullptr, 20}}}));
  ASSERT_EQ(body["series"].size(), 1U);
  EXPECT_EQ(body["series"][0]["name"], "(unknown)");
  EXPECT_EQ(body["series"][0]["requests"], Json({0, 2}));
  EXPECT_EQ(body["series"][0]["cost_usd"][0], 0);
}

TEST_F(Dashboard, ListsModelsSessionsAndNames) {
  get().object_reply(0, figures().dump());
  const Json body = driver.reply.json();
  ASSERT_EQ(body["models"].size(), 1U) << "a row with nothing but comparisons is no use of a model";
  EXPECT_EQ(body["models"][0]["model"], "(unknown)");
  EXPECT_EQ(body["models"][0]["provider"], "openai");
  EXPECT_EQ(body["together"][0]["asked"], 3);
  EXPECT_EQ(body["sessions"][0]["key"], "key_1");
  EXPECT_EQ(body["sessions"][0]["agents"], Json({"codex"}));
  EXPECT_EQ(body["sessions"][0]["last_at"], "2023-11-14T22:13:20Z");
  EXPECT_EQ(body["names"]["models"], Json({"(unknown)", "m"}));
  EXPECT_EQ(body["names"]["keys"][1], (Json{{"id", "(none)"}, {"alias", ""}}));
}

TEST_F(Dashboard, RefusesAWrongQueryBeforeItAsks) {
  get("?view=dashboard&step=week");
  EXPECT_EQ(driver.reply.status, 400);
  EXPECT_EQ(driver.reply.error("param"), "step");
  EXPECT_TRUE(driver.object_calls.empty());
}

TEST_F(Dashboard, SaysThatTheLedgerIsSilentOrFails) {
  get().wait(20'000);
  EXPECT_EQ(driver.reply.status, 504);
  driver.object_reply(0, figures().dump());
  EXPECT_EQ(driver.reply.status, 504) << "too late";
  Driver other(gateway);
  other.request(std::string("GET /v1/admin/usage") + kHours);
  other.object_failed(0);
  EXPECT_EQ(other.reply.status, 502);
}

TEST_F(Dashboard, SaysThatTheFreePlanIsUsedUp) {
  get();
  driver.event(EventKind::kObjectFailed, driver.object_calls[0].id,
               "Exceeded allowed rows read in Durable Objects free tier. secret-detail");
  EXPECT_EQ(driver.reply.status, 502);
  EXPECT_NE(driver.reply.error("message").find("free plan"), std::string::npos);
  EXPECT_EQ(driver.reply.body.find("secret-detail"), std::string::npos);
}

TEST_F(Dashboard, DoesNotBelieveWhatIsNoAnswer) {
  for (const std::string& reply : {std::string(), std::string("no json"), std::string("{}"),
                                   R"({"total":{}})" + std::string(kDashboardReplyBytesMax, ' ')}) {
    Driver other(gateway);
    other.request(std::string("GET /v1/admin/usage") + kHours);
    other.object_reply(0, reply);
    EXPECT_EQ(other.reply.status, 502) << reply.substr(0, 50);
  }
}

TEST(DashboardWithoutALedger, SaysHowToTurnItOn) {
  Configured gateway;
  Driver driver(gateway);
  driver.request("GET /v1/admin/usage?view=dashboard");
  EXPECT_EQ(driver.reply.status, 503);
  EXPECT_NE(driver.reply.error("message").find("ONELLM_LEDGER"), std::string::npos);
}

struct DashboardWithKeys : ::testing::Test {
  Configured gateway{
      settings_with({{"bindings", {"ONELLM_LEDGER_OBJECT", "ONELLM_KEYS_OBJECT", "ONELLM_LIMITER_OBJECT"}}})};
  KeyWorld world;
  Driver driver{gateway};
};

TEST_F(DashboardWithKeys, HasTheFirstPageOfKeysAndAsksForFurtherAliases) {
  (void)world.make({{"key_alias", "Listed"}});
  Json reply = figures();
  reply["names"]["keys"] = {"key_1", "key_2", "master"};
  driver.request(std::string("GET /v1/admin/usage") + kHours);
  ASSERT_EQ(driver.object_calls.size(), 2U);
  EXPECT_EQ(driver.object_calls[1].head, "ONELLM_KEYS_OBJECT keys list");
  driver.object_reply(0, reply.dump());
  EXPECT_EQ(driver.reply.status, 0) << "it waits for the keys";
  driver.object_reply(1, Json{{"records", {keys::to_stored(world.records["key_1"])}}, {"has_more", true}}.dump());
  ASSERT_EQ(driver.object_calls.size(), 3U);
  EXPECT_EQ(driver.object_calls[2].head, "ONELLM_KEYS_OBJECT keys aliases");
  EXPECT_EQ(Json::parse(driver.object_calls[2].argument), (Json{{"ids", {"key_2"}}}));
  driver.object_reply(2, R"({"aliases":[{"id":"key_2","alias":"Further"}]})");
  const Json body = driver.reply.json();
  EXPECT_EQ(body["names"]["keys"][0]["alias"], "Listed");
  EXPECT_EQ(body["names"]["keys"][1]["alias"], "Further");
  EXPECT_EQ(body["sessions"][0]["key_alias"], "Listed");
  EXPECT_EQ(body["keys"]["data"][0]["id"], "key_1");
  EXPECT_EQ(body["keys"]["has_more"], true);
}

TEST_F(DashboardWithKeys, DoesWithoutThemWhereTheirStoreIsSilentOrFails) {
  driver.request(std::string("GET /v1/admin/usage") + kHours);
  driver.object_reply(0, figures().dump());
  driver.wait(kKeyStoreTimeoutMs);
  EXPECT_EQ(driver.reply.status, 200);
  EXPECT_EQ(driver.reply.json()["keys"], nullptr);
  Driver other(gateway);
  other.request(std::string("GET /v1/admin/usage") + kHours);
  other.object_failed(1);
  other.object_reply(0, figures().dump());
  EXPECT_EQ(other.reply.status, 200);
}

TEST_F(DashboardWithKeys, OfAKeyHasThatKeyAlone) {
  world.silent = {"dashboard", "read", "totals"};
  driver.request(std::string("GET /v1/usage") + kHours, KeyWorld::with(world.make({{"max_budget", 1}})));
  world.serve(driver);
  ASSERT_EQ(driver.object_calls.size(), 3U);
  EXPECT_EQ(Json::parse(driver.object_calls[1].argument)["key"], "key_1");
  EXPECT_EQ(driver.object_calls[2].head, "ONELLM_LIMITER_OBJECT key_1 read");
  driver.object_reply(1, figures().dump());
  driver.object_reply(2, Json{{"usage",
                               {{"version", 1},
                                {"spent", "250000000000"},
                                {"window_start_ms", static_cast<int64_t>(kStartMs)},
                                {"total", "500000000000"}}}}
                             .dump());
  const Json body = driver.reply.json();
  EXPECT_EQ(body["scope"], "key");
  EXPECT_EQ(body["own_key"]["limit_remaining"], 0.75);
  EXPECT_FALSE(body.contains("keys"));
  EXPECT_EQ(body["names"]["keys"], Json::array());
  EXPECT_FALSE(body["sessions"][0].contains("key"));
}

TEST_F(DashboardWithKeys, OfAllKeysIsForTheMasterKeyAlone) {
  driver.request(std::string("GET /v1/admin/usage") + kHours, KeyWorld::with(world.make()));
  world.serve(driver);
  EXPECT_EQ(driver.reply.status, 403);
}

}  // namespace
}  // namespace onellm::gateway::test
