// What the owner of a key is told: refusals, headers, and nothing of a secret.
#include <gtest/gtest.h>

#include "support/keys_gateway.h"

namespace onellm::gateway::test {
namespace {

using namespace onellm::test;

Json request(const std::string& model, const Json& more = Json::object()) { return chat_request(model, false, more); }

TEST(KeyReplies, OnABudgetOnlyWhatHasAPriceMayBeUsed) {
  KeysGateway keys;
  const std::string with_budget = keys.make({{"max_budget", 1}});
  const auto refused = keys.chat(with_budget, request("delta"));
  EXPECT_EQ(refused->reply.status, 403) << refused->transcript();
  EXPECT_EQ(refused->reply.error("code"), "model_not_priced");
  EXPECT_NE(refused->reply.error("message").find("ONELLM_PRICES"), std::string::npos);
  EXPECT_EQ(keys.chat(keys.make({{"tpm_limit", 100'000}}), request("delta"))->calls(), 1U) << "without a budget it may";
  const auto fallback = keys.chat(with_budget, request("gamma|delta"));
  EXPECT_EQ(fallback->reply.status, 403) << "each fallback needs one";
  const auto tier = keys.chat(with_budget, request("gamma", {{"service_tier", "priority"}, {"max_tokens", 1}}));
  EXPECT_EQ(tier->calls(), 1U) << "ONELLM_PRICES has the prices of gamma, whatever the tier";
}

TEST(KeyReplies, RefusalsSayWhenToTryAgain) {
  KeysGateway keys;
  const std::string secret = keys.make({{"rpm_limit", 1}});
  keys.chat(secret, request("gamma"));
  const auto refused = keys.chat(secret, request("gamma"));
  EXPECT_EQ(refused->reply.status, 429);
  EXPECT_EQ(refused->reply.error("type"), "rate_limit_error");
  EXPECT_EQ(refused->reply.error("code"), "rate_limit_exceeded");
  EXPECT_EQ(refused->reply.error("param"), "requests");
  EXPECT_EQ(refused->reply.header("retry-after"), "60");
  EXPECT_EQ(refused->reply.header("retry-after-ms"), "60000");
  EXPECT_EQ(refused->reply.header("x-ratelimit-remaining-requests"), "0");
  EXPECT_TRUE(refused->told_objects.empty()) << "a refusal is not settled";
}

TEST(KeyReplies, ASpentBudgetIsNotTriedAgain) {
  KeysGateway keys;
  const auto refused = keys.chat(keys.make({{"max_budget", 0}}), request("gamma", {{"max_tokens", 1}}));
  EXPECT_EQ(refused->reply.status, 429);
  EXPECT_EQ(refused->reply.error("type"), "insufficient_quota");
  EXPECT_EQ(refused->reply.error("code"), "budget_exceeded");
  EXPECT_EQ(refused->reply.header("x-should-retry"), "false");
  EXPECT_EQ(refused->reply.header("retry-after"), "(absent)");
}

TEST(KeyReplies, AReservedBudgetIsTriedAgain) {
  KeysGateway keys;
  const std::string secret = keys.make({{"max_budget", 0.01}});
  const auto open = keys.chat(secret, request("gamma", {{"max_tokens", 8}}));
  const auto refused = keys.chat(secret, request("gamma", {{"max_tokens", 5}}));
  EXPECT_EQ(refused->reply.error("code"), "budget_reserved");
  EXPECT_EQ(refused->reply.header("retry-after"), "2");
  EXPECT_EQ(refused->reply.header("x-should-retry"), "true");
  EXPECT_EQ(refused->calls(), 0U);
}

TEST(KeyReplies, RateHeadersOfTheProviderGetOtherNamesWhereTheKeyHasItsOwn) {
  KeysGateway keys;
  const Headers theirs = {{"content-type", "application/json"}, {"x-ratelimit-remaining-requests", "4999"}};
  const auto of_key = keys.chat(keys.make({{"rpm_limit", 50}}), request("gamma"));
  of_key->answer(0, 200, KeysGateway::whole(1, 1), theirs);
  EXPECT_EQ(of_key->reply.header("x-onellm-upstream-ratelimit-remaining-requests"), "4999");
  EXPECT_EQ(of_key->reply.header("x-ratelimit-remaining-requests"), "49");
  EXPECT_EQ(of_key->reply.header("x-ratelimit-limit-requests"), "50");
  EXPECT_EQ(of_key->reply.header("x-ratelimit-reset-requests"), "1.2s");
  const auto of_other = keys.chat(keys.make({{"max_budget", 5}}), request("gamma"));
  of_other->answer(0, 200, KeysGateway::whole(1, 1), theirs);
  EXPECT_EQ(of_other->reply.header("x-ratelimit-remaining-requests"), "4999");
}

TEST(KeyReplies, ALimiterOutOfReachLetsNothingThrough) {
  KeysGateway keys;
  keys.failing = {"admit"};
  const auto failed = keys.chat(keys.make({{"rpm_limit", 9}}), request("gamma"));
  EXPECT_EQ(failed->reply.status, 503);
  EXPECT_EQ(failed->reply.error("code"), "key_store_unavailable");
  EXPECT_EQ(failed->reply.header("retry-after"), "1");
  EXPECT_EQ(failed->calls(), 0U);
  ASSERT_EQ(failed->told_objects.size(), 1U) << "it may have been admitted";
  EXPECT_NE(failed->told_objects[0].argument.find("\"money\":\"0\""), std::string::npos);
}

TEST(KeyReplies, AnAdmissionWithoutAnAnswerIsGivenUpAfterThreeSecondsAndIsVoid) {
  KeysGateway keys;
  keys.silent = {"admit"};
  const auto driver = keys.chat(keys.make({{"max_budget", 1}}), request("gamma", {{"max_tokens", 10}}));
  driver->wait(2'999);
  EXPECT_FALSE(driver->reply.ended);
  driver->wait(1);
  EXPECT_EQ(driver->reply.status, 503);
  keys.silent.clear();
  keys.serve(*driver);
  keys::Ask late{.id = Json::parse(driver->told_objects[0].argument)["id"], .version = 1};
  EXPECT_EQ(keys.limiter().admit(static_cast<int64_t>(driver->now_ms), late).verdict, keys::Verdict::kVoid);
  EXPECT_EQ(keys.limiter().state.spent, 0);
}

TEST(KeyReplies, LogsAndRecordsNameTheKeyAndNeverItsSecret) {
  KeysGateway keys(Json{{"bindings", {"ONELLM_KEYS_OBJECT", "ONELLM_LIMITER_OBJECT", "ONELLM_ANALYTICS"}}});
  const std::string secret = keys.make({{"key_alias", "team a"}, {"max_budget", 1}});
  const auto driver = keys.chat(secret, request("gamma", {{"max_tokens", 10}}));
  driver->answer(0, 200, KeysGateway::whole(1, 1));
  std::string said = driver->reply.body;
  for (const std::string& line : driver->logs) said += line;
  for (const Json& record : driver->records) said += record.dump();
  EXPECT_NE(said.find("team a"), std::string::npos);
  EXPECT_NE(said.find("key_1"), std::string::npos);
  EXPECT_EQ(said.find(secret), std::string::npos);
  EXPECT_EQ(said.find(sha256_hex(secret)), std::string::npos);
  EXPECT_EQ(driver->fetches[0].body.find(secret), std::string::npos);
}

TEST(KeyReplies, OnMessagesASpentBudgetIs402) {
  KeysGateway keys;
  const Json body = {
      {"model", "claude-sonnet-4-6"}, {"max_tokens", 10}, {"messages", {{{"role", "user"}, {"content", "hi"}}}}};
  const auto refused = keys.chat(keys.make({{"max_budget", 0.0001}}), body, {}, kStartMs, "/v1/messages");
  EXPECT_EQ(refused->reply.status, 402) << refused->transcript();
  EXPECT_EQ(refused->reply.error("type"), "billing_error");
  EXPECT_EQ(refused->reply.header("x-should-retry"), "false");
}

}  // namespace
}  // namespace onellm::gateway::test
