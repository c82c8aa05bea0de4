// Settings that stand in KV.
#include <gtest/gtest.h>

#include <algorithm>

#include "support/gateway_driver.h"
#include "support/gateway_settings.h"
#include "support/openai_wire.h"

namespace onellm::gateway::test {
namespace {

using onellm::test::chat_request;
using onellm::test::completion;

const Json kWithKv = {
    {"ONELLM_API_KEY", kClientKey}, {"AZURE_OPENAI_API_KEYS", "west:key-of-west"}, {"bindings", {"ONELLM_KV"}}};
constexpr const char* kProviders = R"({"host":{"base":"https://host.test","models":["alpha"]}})";

// Answers what was asked of KV: `providers`, and nothing else.
void answer_kv(Driver& driver, const std::string& providers) {
  for (size_t read = 0; read < driver.kv_reads.size(); ++read) {
    const bool is_providers = driver.kv_reads[read].second == "config:ONELLM_PROVIDERS";
    if (is_providers && !providers.empty()) {
      driver.kv_value(read, providers);
    } else {
      driver.kv_missing(read);
    }
  }
}

TEST(KvSettings, AreAskedForWhereNoVariableGivesThem) {
  Configured gateway(kWithKv);
  Driver driver(gateway);
  driver.request("GET /v1/models");
  std::vector<std::string> keys;
  for (const auto& [id, key] : driver.kv_reads) keys.push_back(key);
  std::sort(keys.begin(), keys.end());
  EXPECT_EQ(keys, (std::vector<std::string>{"config:AZURE_OPENAI_DEPLOYMENTS", "config:ONELLM_ALIASES",
                                            "config:ONELLM_MODEL_RULES", "config:ONELLM_PROVIDERS", "prices"}));
  EXPECT_EQ(driver.reply.status, 0) << "the answer waits for them";
}

TEST(KvSettings, AreApplied) {
  Configured gateway(kWithKv);
  Driver driver(gateway);
  driver.request("GET /v1/models/alpha");
  answer_kv(driver, kProviders);
  EXPECT_EQ(driver.reply.status, 200);
  EXPECT_EQ(driver.reply.json()["owned_by"], "host");
}

TEST(KvSettings, MayBePrices) {
  Configured gateway(settings_with({{"bindings", {"ONELLM_KV"}}}));
  Driver first(gateway);
  first.request("GET /healthz");
  for (size_t read = 0; read < first.kv_reads.size(); ++read) {
    if (first.kv_reads[read].second == "prices") {
      first.kv_value(read, R"({"host/alpha":{"input_mtok":10,"output_mtok":"5.5"}})");
    } else {
      first.kv_missing(read);
    }
  }
  Driver driver(gateway);
  driver.chat(chat_request("alpha", false)).answer(0, 200, completion("One."));
  // 3 tokens at 10 millionths of a dollar and 2 at 5.5.
  EXPECT_EQ(driver.reply.header("x-onellm-cost"), "0.000041") << driver.transcript();
}

TEST(KvSettings, MayBeMissing) {
  Configured gateway(kWithKv);
  Driver driver(gateway);
  driver.request("GET /v1/models/alpha");
  answer_kv(driver, "");
  EXPECT_EQ(driver.reply.status, 404);
}

TEST(KvSettings, AreFreshForAMinute) {
  Configured gateway(kWithKv);
  Driver first(gateway);
  first.request("GET /v1/models");
  answer_kv(first, kProviders);
  Driver soon(gateway);
  soon.now_ms = first.now_ms + 59'999;
  soon.request("GET /v1/models/alpha");
  EXPECT_TRUE(soon.kv_reads.empty());
  EXPECT_EQ(soon.reply.status, 200);
  Driver later(gateway);
  later.now_ms = first.now_ms + 60'000;
  later.request("GET /v1/models/alpha");
  EXPECT_EQ(later.kv_reads.size(), 5U) << "what KV gave is asked of it again";
  answer_kv(later, "");
  EXPECT_EQ(later.reply.status, 404) << "what was taken out of KV is gone";
}

TEST(KvSettings, AreNotAskedForWithoutABinding) {
  Json settings = kWithKv;
  settings.erase("bindings");
  Configured gateway(settings);
  Driver driver(gateway);
  driver.request("GET /v1/models");
  EXPECT_TRUE(driver.kv_reads.empty());
  EXPECT_EQ(driver.reply.status, 200);
}

TEST(KvSettings, LoseAgainstVariables) {
  Json settings = kWithKv;
  settings["ONELLM_PROVIDERS"] = R"({"own":{"base":"https://own.test","models":["alpha"]}})";
  Configured gateway(settings);
  Driver driver(gateway);
  driver.request("GET /v1/models/alpha");
  for (const auto& [id, key] : driver.kv_reads) EXPECT_NE(key, "config:ONELLM_PROVIDERS");
  answer_kv(driver, "");
  EXPECT_EQ(driver.reply.json()["owned_by"], "own");
}

TEST(KvSettings, ThatAreMalformedAreLoggedOnce) {
  Configured gateway(kWithKv);
  Driver driver(gateway);
  driver.request("GET /v1/models");
  answer_kv(driver, "{hush");
  const auto names_it = [](const std::string& line) { return line.find("ONELLM_PROVIDERS") != line.npos; };
  EXPECT_EQ(std::count_if(driver.logs.begin(), driver.logs.end(), names_it), 1) << driver.transcript();
  for (const std::string& line : driver.logs) EXPECT_EQ(line.find("hush"), line.npos) << line;
  EXPECT_EQ(driver.reply.status, 200);
  Driver next(gateway);
  next.request("GET /v1/models");
  EXPECT_EQ(std::count_if(next.logs.begin(), next.logs.end(), names_it), 0);
}

TEST(KvSettings, ThatComeAfterTheClientLeftDoNothing) {
  Configured gateway(kWithKv);
  Driver driver(gateway);
  driver.request("GET /v1/models");
  driver.client_gone();
  answer_kv(driver, kProviders);
  EXPECT_EQ(driver.reply.status, 0) << driver.transcript();
}

TEST(KvSettings, AnswerOnlyToTheirOwnId) {
  Configured gateway(kWithKv);
  Driver driver(gateway);
  driver.request("GET /v1/models");
  driver.event(EventKind::kKvValue, 4711, kProviders);
  EXPECT_EQ(driver.reply.status, 0);
  answer_kv(driver, kProviders);
  EXPECT_EQ(driver.reply.status, 200);
}

}  // namespace
}  // namespace onellm::gateway::test
