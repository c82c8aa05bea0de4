#include "keys/record/call.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace onellm::keys {
namespace {

using Json = nlohmann::json;

constexpr int64_t kNow = 1'796'040'000'000;
const std::string kHash(64, 'a');

Json call(const Json& json) {
  const std::string text = call_registry(json.dump());
  EXPECT_NE(text, "") << json;
  return Json::parse(text, nullptr, false);
}

Json made(const char* body) {
  return call({{"op", "create"}, {"now_ms", kNow}, {"version", 7}, {"body", body}, {"id", "key_a"}, {"hash", kHash}});
}

TEST(RegistryCall, GivesTheRowOfANewKey) {
  const Json out = made(R"({"key_alias":"a","max_budget":1})");
  ASSERT_EQ(out["rows"].size(), 1);
  const Json& row = out["rows"][0];
  EXPECT_EQ(row["id"], "key_a");
  EXPECT_EQ(row["alias"], "a");
  EXPECT_EQ(row["hash"], kHash);
  EXPECT_EQ(row["has_limits"], true);
  EXPECT_EQ(out["keys_max"], 10'000);
  const Json limits = Json::parse(row["limits"].get<std::string>(), nullptr, false);
  EXPECT_EQ(limits["version"], 7);
  EXPECT_EQ(limits["max_budget"], "1000000000000");
  EXPECT_EQ(row["limits"].get<std::string>().find(kHash), std::string::npos) << "a limiter needs no hash";
}

TEST(RegistryCall, RefusesABody) {
  EXPECT_EQ(made(R"({"rpm":1})")["refusal"]["param"], "rpm");
  EXPECT_FALSE(made(R"({"rpm":1})").contains("rows"));
}

TEST(RegistryCall, ChangesARecord) {
  const Json row = made("{}")["rows"][0];
  Json out = call(
      {{"op", "patch"}, {"now_ms", kNow}, {"version", 8}, {"record", row["record"]}, {"body", R"({"blocked":true})"}});
  EXPECT_EQ(out["rows"][0]["blocked"], true);
  out = call({{"op", "rotate"},
              {"now_ms", kNow},
              {"version", 9},
              {"record", out["rows"][0]["record"]},
              {"body", R"({"grace_seconds":5})"},
              {"hash", std::string(64, 'b')}});
  EXPECT_EQ(out["rows"][0]["hash"], std::string(64, 'b'));
  EXPECT_EQ(out["rows"][0]["old_hash"], kHash);
}

TEST(RegistryCall, TakesAReportOfTheFigureThatItHas) {
  const Json row = made(R"({"max_budget":1})")["rows"][0];
  const auto reported = [&](int64_t version) {
    return call({{"op", "report"},
                 {"record", row["record"]},
                 {"spend", {{"version", version}, {"amount", "55"}, {"window_start_ms", kNow}}}});
  };
  EXPECT_NE(reported(7)["rows"][0]["record"].get<std::string>().find(R"("amount":"55")"), std::string::npos);
  EXPECT_FALSE(reported(6).contains("rows")) << "the spend was set anew since";
}

TEST(RegistryCall, GivesAllRowsOfAnImportOrNone) {
  const std::string one = R"({"id":"key_b","created_at":"2026-01-01T00:00:00Z","hash":")" + kHash + "\"}";
  const auto imported = [](const std::string& data) {
    return call({{"op", "import"}, {"now_ms", kNow}, {"version", 3}, {"body", R"({"data":[)" + data + "]}"}});
  };
  EXPECT_EQ(imported(one)["rows"].size(), 1);
  EXPECT_EQ(imported(one + ",{}")["refusal"]["param"], "data[1].id");
  EXPECT_FALSE(imported(one + ",{}").contains("rows"));
}

TEST(RegistryCall, GivesNothingForWhatIsNoCall) {
  for (const char* text : {"", "{}", R"({"op":"patch","record":"{}"})", R"({"op":"rotate"})", R"({"op":"x"})"}) {
    EXPECT_EQ(call_registry(text), "") << text;
  }
}

}  // namespace
}  // namespace onellm::keys
