// What the limiter of a key is asked before a request, and what it is told afterwards.
#include <gtest/gtest.h>

#include "support/keys_gateway.h"

namespace onellm::gateway::test {
namespace {

using namespace onellm::test;

Json request(const std::string& model, const Json& more = Json::object()) { return chat_request(model, false, more); }

TEST(Metering, AKeyWithoutLimitsAsksNobody) {
  KeysGateway keys;
  const auto driver = keys.chat(keys.make(), request("gamma"));
  ASSERT_EQ(driver->calls(), 1U) << driver->transcript();
  driver->answer(0, 200, KeysGateway::whole(10, 5));
  EXPECT_EQ(driver->reply.status, 200);
  EXPECT_EQ(keys.counts["admit"], 0);
  EXPECT_TRUE(driver->told_objects.empty());
}

TEST(Metering, TheMasterKeyAsksNobody) {
  KeysGateway keys;
  const auto driver = keys.chat(kClientKey, request("gamma"));
  ASSERT_EQ(driver->calls(), 1U);
  EXPECT_TRUE(driver->object_calls.empty());
}

TEST(Metering, ABudgetIsReservedBeforeTheCallAndSettledAfterIt) {
  KeysGateway keys;
  const auto driver = keys.chat(keys.make({{"max_budget", 1}}), request("gamma", {{"max_tokens", 20}}));
  ASSERT_EQ(driver->calls(), 1U) << driver->transcript();
  EXPECT_EQ(keys.counts["admit"], 1) << "one call of an object before the first byte";
  EXPECT_EQ(keys.limiter().state.reserved, 2 * kCent);
  driver->answer(0, 200, KeysGateway::whole(10, 5));
  keys.serve(*driver);
  EXPECT_EQ(driver->reply.status, 200);
  EXPECT_EQ(driver->reply.header("x-onellm-key-remaining-usd"), "0.98");
  EXPECT_EQ(keys.limiter().state.reserved, 0);
  EXPECT_EQ(keys.limiter().state.spent, kCent / 2);
  ASSERT_EQ(driver->told_objects.size(), 1U);
  EXPECT_EQ(driver->told_objects[0].head, "ONELLM_LIMITER_OBJECT key_1 settle");
  EXPECT_EQ(driver->told_objects[0].id, 3U) << "it is tried three times";
}

TEST(Metering, AllLegsAreOneReservationWithTheDearestFallbackOfEach) {
  KeysGateway keys;
  const auto driver = keys.chat(keys.make({{"max_budget", 1}}), request("gamma|org/beta,alpha", {{"max_tokens", 10}}));
  ASSERT_EQ(driver->calls(), 2U) << driver->transcript();
  EXPECT_EQ(keys.counts["admit"], 1);
  EXPECT_EQ(keys.limiter().state.reserved, 10 * kCent + kCent / 10) << "org/beta for the first leg";
  driver->answer(0, 200, KeysGateway::whole(1, 10));
  driver->answer(1, 200, KeysGateway::whole(1, 10, "alpha"));
  keys.serve(*driver);
  EXPECT_EQ(driver->reply.status, 200);
  EXPECT_EQ(keys.limiter().state.spent, kCent + kCent / 10);
  EXPECT_EQ(driver->told_objects.size(), 1U);
}

TEST(Metering, NCountsInTheReservation) {
  KeysGateway keys;
  const auto driver = keys.chat(keys.make({{"max_budget", 1}}), request("gamma", {{"max_tokens", 10}, {"n", 3}}));
  ASSERT_EQ(driver->calls(), 1U);
  EXPECT_EQ(keys.limiter().state.reserved, 3 * kCent);
}

TEST(Metering, AClientThatLeavesBeforeTheAdmissionUsesNothing) {
  KeysGateway keys;
  keys.silent = {"admit"};
  const auto driver = keys.chat(keys.make({{"max_budget", 1}}), request("gamma", {{"max_tokens", 10}}));
  driver->client_gone();
  keys.serve(*driver);
  EXPECT_EQ(driver->calls(), 0U);
  ASSERT_EQ(driver->told_objects.size(), 1U);
  EXPECT_EQ(keys.limiter().state.reserved, 0);
}

TEST(Metering, AFailedCallCostsNothing) {
  KeysGateway keys;
  const std::string secret = keys.make({{"max_budget", 1}});
  for (const int status : {400, 429, 500}) {
    const auto driver = keys.chat(secret, request("gamma", {{"max_tokens", 10}}));
    driver->answer(0, status, "{}");
    keys.serve(*driver);
  }
  EXPECT_EQ(keys.limiter().state.spent, 0);
  EXPECT_EQ(keys.limiter().state.reserved, 0);
}

TEST(Metering, ACallOfWhichNothingIsKnownCostsWhatItHadReserved) {
  KeysGateway keys;
  const auto driver = keys.chat(keys.make({{"max_budget", 1}}), request("gamma", {{"max_tokens", 10}}));
  driver->client_gone();
  keys.serve(*driver);
  EXPECT_EQ(keys.limiter().state.spent, kCent);
}

TEST(Metering, AStreamThatTheClientLeavesIsSettledByAnEstimate) {
  KeysGateway keys;
  const auto driver = keys.chat(keys.make({{"max_budget", 1}}), chat_request("gamma", true, {{"max_tokens", 900}}));
  driver->head(0, 200);
  driver->bytes(0, role() + text("eight by"));
  driver->client_gone();
  keys.serve(*driver);
  EXPECT_EQ(keys.limiter().state.spent, 2 * kCent / 10) << "two tokens for eight bytes";
  EXPECT_EQ(keys.limiter().state.reserved, 0);
}

TEST(Metering, ASilentStreamOfAKeyWithLimitsIsKeptAliveOften) {
  KeysGateway keys;
  const auto of_key = keys.chat(keys.make({{"max_budget", 1}}), chat_request("gamma", true, {{"max_tokens", 9}}));
  const auto of_other = keys.chat(keys.make(), chat_request("gamma", true, {{"max_tokens", 9}}));
  for (Driver* driver : {of_key.get(), of_other.get()}) {
    driver->head(0, 200);
    driver->wait(2'000);
    EXPECT_EQ(driver->reply.status, 0) << "a failure must still be a status";
    driver->bytes(0, role() + text("hi"));
    driver->wait(2'000);
  }
  EXPECT_NE(of_key->reply.body.find("\n: "), std::string::npos) << of_key->reply.body;
  EXPECT_EQ(of_other->reply.body.find("\n: "), std::string::npos);
}

TEST(Metering, AStreamOfAnHourRenewsItsLeaseAndIsSettledOnce) {
  KeysGateway keys;
  const auto driver =
      keys.chat(keys.make({{"max_budget", 1}, {"max_parallel_requests", 1}}),
                chat_request("gamma", true, {{"max_tokens", 900}, {"stream_options", {{"include_usage", true}}}}));
  driver->head(0, 200);
  driver->bytes(0, role());
  for (int minute = 0; minute < 60; ++minute) {
    driver->bytes(0, text("w "));
    driver->wait(60'000);
    keys.serve(*driver);
    EXPECT_EQ(keys.limiter().state.open, 1) << minute;
    EXPECT_EQ(keys.limiter().state.spent, 0);
  }
  EXPECT_EQ(keys.counts["renew"], 12);
  driver->bytes(0, finish() + usage(10, 60) + kDone);
  driver->end(0);
  keys.serve(*driver);
  EXPECT_EQ(driver->told_objects.size(), 1U);
  EXPECT_EQ(keys.limiter().state.spent, 6 * kCent);
  EXPECT_EQ(keys.limiter().state.open, 0);
}

TEST(Metering, ALimiterThatKnowsANewerRecordIsAskedAgainWithIt) {
  KeysGateway keys;
  const std::string secret = keys.make({{"max_budget", 1}});
  keys.chat(secret, request("gamma", {{"max_tokens", 1}}));
  keys.patch("key_1", {{"max_budget", 2}});
  const auto driver = keys.chat(secret, request("gamma", {{"max_tokens", 1'500}}));
  ASSERT_EQ(driver->calls(), 1U) << driver->transcript();
  EXPECT_EQ(keys.counts["find"], 2);
  keys.patch("key_1", {{"models", {"alpha"}}});
  EXPECT_EQ(keys.chat(secret, request("gamma"))->reply.error("code"), "model_not_allowed");
  keys.patch("key_1", {{"blocked", true}});
  EXPECT_EQ(keys.chat(secret, request("alpha", {{"max_tokens", 1}}))->reply.status, 401);
}

TEST(Metering, TextsThatNobodyKnowsAreReserved) {
  std::string text;
  for (int i = 0; i < 2'000; ++i) text += "word ";
  const Json part = {{"type", "input_text"}, {"text", text}};
  const Json hidden[] = {{{"messages", {{{"role", "user"}, {"content", {part}}}}}},
                         {{"prediction", {{"type", "content"}, {"content", text}}}},
                         {{"documents", {{{"text", text}}}}},
                         {{"chat_template_kwargs", {{"x", text}}}}};
  for (const Json& more : hidden) {
    KeysGateway keys;
    const auto driver = keys.chat(keys.make({{"tpm_limit", 1'000}}), request("gamma", more));
    EXPECT_EQ(driver->reply.error("param"), "tokens") << more.dump().substr(0, 60) << driver->transcript();
    EXPECT_EQ(driver->calls(), 0U);
  }
}

// Else whoever leaves before the usage comes could think for nothing.
TEST(Metering, AStreamThatIsLeftCostsWhatWasReservedIfItsModelMayReason) {
  const Json think = {{"max_tokens", 900}, {"reasoning_effort", "high"}};
  KeysGateway keys;
  const auto driver = keys.chat(keys.make({{"max_budget", 1}}), chat_request("gamma", true, think));
  driver->head(0, 200);
  driver->bytes(0, role() + text("well") + finish());
  driver->client_gone();
  keys.serve(*driver);
  EXPECT_EQ(keys.limiter().state.spent, 90 * kCent);
}

TEST(Metering, AStreamThatIsReadToItsEndCostsWhatWasUsedThoughItsModelMayReason) {
  const Json think = {{"max_tokens", 900}, {"reasoning_effort", "high"}};
  KeysGateway keys;
  const auto driver = keys.chat(keys.make({{"max_budget", 1}}), chat_request("gamma", true, think));
  driver->head(0, 200);
  driver->bytes(0, role() + text("well") + finish() + usage(10, 60) + kDone);
  driver->end(0);
  keys.serve(*driver);
  EXPECT_EQ(keys.limiter().state.spent, 6 * kCent);
}

TEST(Metering, CountingTokensTakesARequestAndNothingElse) {
  KeysGateway keys;
  const std::string secret = keys.make({{"rpm_limit", 1}, {"max_budget", 0}});
  const Json body = {{"model", "claude-sonnet-4-6"}, {"messages", {{{"role", "user"}, {"content", "hi"}}}}};
  const auto first = keys.chat(secret, body, {}, kStartMs, "/v1/messages/count_tokens");
  ASSERT_EQ(first->calls(), 1U) << first->transcript();
  first->answer(0, 200, R"({"input_tokens":9})");
  EXPECT_EQ(first->reply.status, 200);
  EXPECT_TRUE(first->told_objects.empty());
  const auto second = keys.chat(secret, body, {}, kStartMs, "/v1/messages/count_tokens");
  EXPECT_EQ(second->reply.status, 429);
  EXPECT_EQ(second->reply.error("type"), "rate_limit_error");
  EXPECT_EQ(second->reply.header("anthropic-ratelimit-requests-remaining"), "0");
}

TEST(Metering, AServerToolIsReservedAtItsMostUses) {
  for (const auto& [uses, expected] : {std::pair{Json(2), 2}, std::pair{Json(nullptr), 5}}) {
    KeysGateway keys;
    Json tool = {{"type", "web_search_20250305"}, {"name", "web_search"}};
    if (!uses.is_null()) tool["max_uses"] = uses;
    const Json body = {{"model", "claude-sonnet-4-6"},
                       {"max_tokens", 10},
                       {"tools", {tool}},
                       {"messages", {{{"role", "user"}, {"content", "hi"}}}}};
    const auto driver = keys.chat(keys.make({{"max_budget", 9}}), body, {}, kStartMs, "/v1/messages");
    ASSERT_EQ(driver->calls(), 1U) << driver->transcript();
    EXPECT_EQ(keys.limiter().state.reserved, expected * 100 * kCent + kCent / 10);
  }
}

}  // namespace
}  // namespace onellm::gateway::test
