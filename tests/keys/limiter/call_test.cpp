#include "keys/limiter/call.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace onellm::keys {
namespace {

using Json = nlohmann::json;

constexpr int64_t kNow = 1'796'040'000'000;  // 2026-11-30T12:00:00Z

Json call(const Json& json) {
  const std::string text = call_limiter(json.dump());
  EXPECT_NE(text, "") << json;
  return Json::parse(text, nullptr, false);
}

Json limits() {
  return {{"version", 1},
          {"max_budget", "10000000000"},
          {"rpm_limit", 5},
          {"created_ms", kNow},
          {"spend", {{"version", 1}, {"amount", "0"}, {"window_start_ms", kNow}}}};
}

Json ask(const char* id, const char* money) {
  return {{"kind", "request"},
          {"id", id},
          {"version", 1},
          {"legs", {{{"targets", {{{"fixed", money}, {"per_output_token", "0"}}}}}}},
          {"tokens", 5}};
}

TEST(LimiterCall, AdmitsRenewsAndSettles) {
  Json out = call({{"op", "admit"}, {"now_ms", kNow}, {"ask", ask("a", "700")}});
  EXPECT_EQ(out["admission"]["verdict"], "unknown") << "the limiter has no state yet";
  EXPECT_FALSE(out["changes"].contains("rows"));

  out = call({{"op", "admit"}, {"now_ms", kNow}, {"limits", limits()}, {"ask", ask("a", "700")}});
  EXPECT_EQ(out["admission"], Json::parse(R"({"verdict":"admitted","version":1,
    "requests":{"limit":5,"remaining":4,"reset_ms":12000},"remaining":"9999999300"})"));
  const Json row = out["changes"]["rows"][0];
  EXPECT_EQ(row["id"], "a");
  EXPECT_EQ(row["phase"], "open");
  EXPECT_EQ(row["due_ms"], kNow + 15 * 60'000);
  EXPECT_EQ(out["changes"]["wake_ms"], kNow + 15 * 60'000);

  out = call({{"op", "renew"}, {"now_ms", kNow + 1}, {"state", out["state"]}, {"rows", {row}}, {"id", "a"}});
  EXPECT_EQ(out["renewed"], true);
  EXPECT_EQ(out["changes"]["rows"][0]["due_ms"], kNow + 15 * 60'000 + 1);

  out = call({{"op", "settle"},
              {"now_ms", kNow + 2},
              {"state", out["state"]},
              {"rows", {row}},
              {"id", "a"},
              {"money", "123"},
              {"tokens", 4}});
  EXPECT_EQ(out["changes"]["rows"][0]["phase"], "settled");
  EXPECT_EQ(out["changes"]["hours"], Json::parse(R"([{"hour":498900,"money":"123"}])"));
  EXPECT_EQ(out["state"]["spent"], "123");
}

TEST(LimiterCall, DoesNotAskForTheRecordTwice) {
  Json newer = ask("a", "1");
  newer["version"] = 9;
  Json out = call({{"op", "admit"}, {"now_ms", kNow}, {"limits", limits()}, {"ask", newer}});
  EXPECT_EQ(out["admission"]["verdict"], "stale");
  out = call({{"op", "admit"}, {"now_ms", kNow}, {"state", out["state"]}, {"ask", newer}});
  EXPECT_EQ(out["admission"]["verdict"], "unknown");
}

TEST(LimiterCall, StoresNothingForARefusal) {
  Json few = limits();
  few["rpm_limit"] = 1;
  Json out = call({{"op", "admit"}, {"now_ms", kNow}, {"limits", few}, {"ask", ask("a", "1")}});
  const Json state = out["state"];
  out = call({{"op", "admit"}, {"now_ms", kNow + 30'000}, {"state", state}, {"ask", ask("b", "1")}});
  EXPECT_EQ(out["admission"]["refusal"]["retry_after_ms"], 30'000);
  EXPECT_FALSE(out.contains("state"));
  out = call({{"op", "admit"}, {"now_ms", kNow + 60'000}, {"state", state}, {"ask", ask("b", "1")}});
  EXPECT_EQ(out["admission"]["verdict"], "admitted") << "refilled from the state before";
  out = call({{"op", "admit"},
              {"now_ms", kNow + 16 * 60'000},
              {"state", state},
              {"rows", out["changes"]["rows"]},
              {"ask", ask("b", "1")}});
  EXPECT_EQ(out["admission"]["verdict"], "void");
  EXPECT_TRUE(out.contains("state")) << "its lease has ended";
}

TEST(LimiterCall, RefusesWithAllThatTheReplyNeeds) {
  const Json out = call({{"op", "admit"}, {"now_ms", kNow}, {"limits", limits()}, {"ask", ask("a", "10000000001")}});
  EXPECT_EQ(out["admission"]["verdict"], "refused");
  EXPECT_EQ(
      out["admission"]["refusal"],
      Json::parse(
          R"({"kind":"spent","message":"The budget of this key is $0.01, and $0.01 are left. This request may cost $0.010000000001. It never resets.","should_retry":false})"));
}

TEST(LimiterCall, ReportsSpendAndReadsIt) {
  Json out = call({{"op", "admit"}, {"now_ms", kNow}, {"limits", limits()}, {"ask", ask("a", "700")}});
  out = call({{"op", "settle"},
              {"now_ms", kNow},
              {"state", out["state"]},
              {"rows", out["changes"]["rows"]},
              {"id", "a"},
              {"money", "123"},
              {"tokens", 4}});
  const Json hours = out["changes"]["hours"];
  const Json row = out["changes"]["rows"][0];
  out = call({{"op", "wake"}, {"now_ms", kNow + 1}, {"state", out["state"]}});
  EXPECT_EQ(out["report"], Json::parse(R"({"version":1,"amount":"123","window_start_ms":1796040000000})"));
  out = call({{"op", "reported"}, {"now_ms", kNow + 2}, {"state", out["state"]}, {"spend", out["report"]}});
  out = call({{"op", "wake"}, {"now_ms", kNow + 3}, {"state", out["state"]}});
  EXPECT_FALSE(out.contains("report"));
  out = call({{"op", "read"}, {"now_ms", kNow + 4}, {"state", out["state"]}, {"hours", hours}});
  EXPECT_EQ(out["usage"],
            Json::parse(R"({"version":1,"spent":"123","window_start_ms":1796040000000,"reserved":"0","total":"123",
    "day":"123","week":"123","month":"123"})"));
  EXPECT_FALSE(out.contains("state")) << "nothing has changed, so nothing is stored";
}

TEST(LimiterCall, DeletesTheRowsOfADeletedKey) {
  Json out = call({{"op", "admit"}, {"now_ms", kNow}, {"limits", limits()}, {"ask", ask("a", "700")}});
  out = call({{"op", "limits"},
              {"now_ms", kNow},
              {"state", out["state"]},
              {"limits", {{"version", 2}, {"is_deleted", true}}}});
  EXPECT_EQ(out["changes"]["clears_all"], true);
  EXPECT_EQ(out["state"]["open"], 0);
}

TEST(LimiterCall, GivesNothingForWhatIsNoCall) {
  for (const char* text :
       {"", "{}", "[]", R"({"op":"fly"})", R"({"op":"admit","ask":5})", R"({"op":"settle","id":"a","money":5})",
        R"({"op":"wake","now_ms":"1"})", R"({"op":"wake"}x)"}) {
    EXPECT_EQ(call_limiter(text), "") << text;
  }
  EXPECT_EQ(call_limiter(R"({"op":"wake","rows":)" + std::string(1'000, '[')), "");
}

}  // namespace
}  // namespace onellm::keys
