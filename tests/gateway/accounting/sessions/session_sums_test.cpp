#include "gateway/accounting/sessions/session_sums.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "base/limits.h"
#include "support/gateway_driver.h"
#include "support/gateway_settings.h"
#include "support/openai_wire.h"

namespace onellm::gateway::test {
namespace {

using namespace onellm::test;
using Json = nlohmann::json;

// What it writes beside another member; null: no sessions.
Json taken(SessionSums& sums) {
  std::string out;
  {
    json::ObjectWriter batch(out);
    sums.take(batch);
  }
  const Json batch = Json::parse(out);
  return batch.contains("sessions") ? batch["sessions"] : Json();
}

SessionRequest request_of(std::string_view key, std::string_view id, std::string_view agent = {}) {
  return {.key = key,
          .id = id,
          .agent = agent,
          .prompt_tokens = 5,
          .completion_tokens = 3,
          .cached_tokens = 2,
          .cost_pico_usd = 7,
          .started_ms = 100,
          .ended_ms = 200};
}

TEST(SessionSums, AddUpTheRequestsOfASession) {
  SessionSums sums;
  sums.add(request_of("master", "s", "codex"));
  SessionRequest second = request_of("master", "s", "opencode");
  second.started_ms = 50;
  second.ended_ms = 150;
  sums.add(second);
  sums.add(request_of("master", "s", "codex"));
  EXPECT_EQ(taken(sums), Json::array({{{"key", "master"},
                                       {"id", "s"},
                                       {"requests", 3},
                                       {"prompt_tokens", 15},
                                       {"completion_tokens", 9},
                                       {"cached_tokens", 6},
                                       {"cost_pico_usd", 21},
                                       {"first_ms", 50},
                                       {"last_ms", 200},
                                       {"agents", {"codex", "opencode"}}}}));
  EXPECT_EQ(taken(sums), Json()) << "they are taken once";
}

TEST(SessionSums, BelongToAKey) {
  SessionSums sums;
  sums.add(request_of("master", "s"));
  sums.add(request_of("key_1", "s"));
  EXPECT_EQ(taken(sums).size(), 2U);
}

TEST(SessionSums, AreBounded) {
  SessionSums sums;
  for (size_t i = 0; i < kLedgerSessionsMax + 50; ++i) sums.add(request_of("master", std::to_string(i)));
  for (size_t i = 0; i < kSessionAgentsMax + 5; ++i) sums.add(request_of("master", "0", "a" + std::to_string(i)));
  SessionRequest huge = request_of("master", "1");
  huge.cost_pico_usd = INT64_MAX;
  huge.prompt_tokens = -5;
  sums.add(huge);
  const Json sessions = taken(sums);
  ASSERT_EQ(sessions.size(), kLedgerSessionsMax);
  EXPECT_EQ(sessions[0]["agents"].size(), kSessionAgentsMax);
  EXPECT_EQ(sessions[0]["requests"], 1 + kSessionAgentsMax + 5);
  EXPECT_EQ(sessions[1]["cost_pico_usd"], INT64_MAX);
  EXPECT_EQ(sessions[1]["prompt_tokens"], 5);
}

Json sessions_after(const Headers& headers) {
  Configured gateway(settings_with({{"bindings", {"ONELLM_LEDGER_OBJECT"}}}));
  Driver driver(gateway);
  driver.chat(chat_request("gpt-4o", false), with_key(headers));
  driver.answer(0, 200, completion("Ho"));
  EXPECT_EQ(driver.reply.status, 200);
  const Json batch = Json::parse(gateway.take_ledger(true));
  return batch.contains("sessions") ? batch["sessions"] : Json();
}

TEST(Sessions, OfARequestReachTheLedger) {
  const Json sessions = sessions_after({{"x-onellm-session", "work"}, {"user-agent", "claude-cli/2.0 (external)"}});
  ASSERT_EQ(sessions.size(), 1U);
  EXPECT_EQ(sessions[0]["key"], "master");
  EXPECT_EQ(sessions[0]["id"], "work");
  EXPECT_EQ(sessions[0]["prompt_tokens"], 3);
  EXPECT_EQ(sessions[0]["completion_tokens"], 2);
  EXPECT_EQ(sessions[0]["agents"], Json({"claude-code"}));
  EXPECT_EQ(sessions[0]["first_ms"], static_cast<int64_t>(kStartMs));
}

TEST(Sessions, AreNotKeptWithoutAnIdOrWithASecretInIt) {
  EXPECT_EQ(sessions_after({{"user-agent", "claude-cli/2.0"}}), Json());
  EXPECT_EQ(sessions_after({{"x-onellm-session", kClientKey}}), Json());
}

}  // namespace
}  // namespace onellm::gateway::test
