// What the limiter of a key is asked before a request, and what it is told afterwards.
#include <gtest/gtest.h>

#include "support/keys_gateway.h"

namespace onellm::gateway::test {
namespace {

using namespace onellm::test;

Json request(const std::string& model, const Json& more = Json::object()) { return chat_request(model, false, more); }

// The member that stands last in a body.
std::string last_member(const std::string& body) { return body.substr(body.rfind(',') + 1); }

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

TEST(Metering, ABodyWithALimitIsSentAsItWouldBeForTheMasterKey) {
  KeysGateway keys;
  const Json body = request("gamma", {{"max_tokens", 20}, {"temperature", 1.0}});
  const auto of_master = keys.chat(kClientKey, body);
  const auto of_key = keys.chat(keys.make({{"max_budget", 1}, {"tpm_limit", 100'000}, {"rpm_limit", 9}}), body);
  ASSERT_EQ(of_key->calls(), 1U) << of_key->transcript();
  EXPECT_EQ(of_key->fetches[0].body, of_master->fetches[0].body);
  of_key->answer(0, 200, KeysGateway::whole(1, 1));
  EXPECT_EQ(of_key->reply.header("x-onellm-max-tokens"), "(absent)");
}

TEST(Metering, AKeyWithoutBudgetAndTokensChangesNoBody) {
  KeysGateway keys;
  const auto of_master = keys.chat(kClientKey, request("gamma"));
  const auto of_key = keys.chat(keys.make({{"rpm_limit", 9}, {"max_parallel_requests", 9}}), request("gamma"));
  ASSERT_EQ(of_key->calls(), 1U);
  EXPECT_EQ(of_key->fetches[0].body, of_master->fetches[0].body);
}

TEST(Metering, WhereNoLimitWasAskedOneIsWrittenAsTheLastMember) {
  for (const char* model : {"gamma", "alpha"}) {
    KeysGateway keys;
    const auto of_master = keys.chat(kClientKey, request(model));
    const auto driver = keys.chat(keys.make({{"max_budget", 1}}), request(model));
    ASSERT_EQ(driver->calls(), 1U) << driver->transcript();
    const std::string limit = model == std::string("gamma") ? "256" : "2500";  // A quarter of the budget, at least 256.
    const std::string member = ",\"max_tokens\":" + limit + "}";
    const std::string plain = of_master->fetches[0].body;
    EXPECT_EQ(driver->fetches[0].body, plain.substr(0, plain.size() - 1) + member);
    driver->answer(0, 200, KeysGateway::whole(1, 1));
    EXPECT_EQ(driver->reply.header("x-onellm-max-tokens"), limit);
    EXPECT_NE(driver->reply.header("access-control-expose-headers").find("x-onellm-max-tokens"), std::string::npos);
  }
}

TEST(Metering, ALimitIsWrittenHoweverTheBodyEnds) {
  for (const char* end : {"}", " \n } \n\t", R"(,"stop":["}"]})", R"(,"metadata":{}})", R"(,"max_tokens":null})"}) {
    KeysGateway keys;
    Driver driver(keys.gateway);
    keys.meet(driver);
    driver.request("POST /v1/chat/completions", KeyWorld::with(keys.make({{"max_budget", 1}})));
    keys.serve(driver);
    driver.event(EventKind::kRequestEnd, 0,
                 std::string(R"({"model":"alpha","messages":[{"role":"user","content":"hi"}])") + end);
    keys.serve(driver);
    ASSERT_EQ(driver.calls(), 1U) << end << driver.transcript();
    const Json sent = Json::parse(driver.fetches[0].body, nullptr, false);
    ASSERT_TRUE(sent.is_object()) << driver.fetches[0].body;
    EXPECT_EQ(sent["max_tokens"], 2500);
    EXPECT_EQ(last_member(driver.fetches[0].body), "\"max_tokens\":2500}");
    EXPECT_EQ(driver.fetches[0].body.find("null"), std::string::npos);
  }
}

TEST(Metering, EveryDialectGetsTheChosenLimit) {
  struct Case {
    const char* model;
    const char* member;
  };
  for (const Case& each : {Case{"claude-sonnet-4-6", "/max_tokens"}, Case{"gpt-4o", "/max_tokens"},
                           Case{"gemini-2.5-flash", "/generationConfig/maxOutputTokens"}}) {
    KeysGateway keys;
    for (const Json& more : {Json::object(), Json{{"reasoning_effort", "high"}}}) {
      if (each.model == std::string("gpt-4o") && !more.empty()) continue;
      const auto driver = keys.chat(keys.make({{"max_budget", 1}}), request(each.model, more));
      ASSERT_EQ(driver->calls(), 1U) << each.model << driver->transcript();
      const Json sent = Json::parse(driver->fetches[0].body, nullptr, false);
      EXPECT_EQ(sent.value(Json::json_pointer(each.member), 0), 2500) << driver->fetches[0].body;
    }
  }
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

TEST(Metering, OfTwoOutputLimitsTheLargerCounts) {
  for (const Json& limits : {Json{{"max_tokens", 10}, {"max_completion_tokens", 50}},
                             Json{{"max_tokens", 50}, {"max_completion_tokens", 10}}}) {
    KeysGateway keys;
    const auto driver = keys.chat(keys.make({{"max_budget", 1}}), request("gamma", limits));
    ASSERT_EQ(driver->calls(), 1U);
    EXPECT_EQ(keys.limiter().state.reserved, 5 * kCent);
  }
}

TEST(Metering, AWrongOutputLimitIsA400ThatNamesIt) {
  for (const Json& wrong : {Json(-1), Json(0), Json(1e30), Json("100"), Json(1.5), Json(10'000'001)}) {
    KeysGateway keys;
    for (const Json& limits : {Json{{"rpm_limit", 9}}, Json{{"max_budget", 1}}}) {
      const auto driver = keys.chat(keys.make(limits), request("gamma", {{"max_tokens", wrong}}));
      EXPECT_EQ(driver->reply.status, 400) << wrong << driver->transcript();
      EXPECT_EQ(driver->reply.error("param"), "max_tokens");
      EXPECT_EQ(driver->calls(), 0U);
    }
    EXPECT_EQ(keys.counts["admit"], 0);
  }
}

TEST(Metering, OnABudgetOnlyWhatHasAPriceMayBeUsed) {
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

TEST(Metering, RefusalsSayWhenToTryAgain) {
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

TEST(Metering, ASpentBudgetIsNotTriedAgain) {
  KeysGateway keys;
  const auto refused = keys.chat(keys.make({{"max_budget", 0}}), request("gamma", {{"max_tokens", 1}}));
  EXPECT_EQ(refused->reply.status, 429);
  EXPECT_EQ(refused->reply.error("type"), "insufficient_quota");
  EXPECT_EQ(refused->reply.error("code"), "budget_exceeded");
  EXPECT_EQ(refused->reply.header("x-should-retry"), "false");
  EXPECT_EQ(refused->reply.header("retry-after"), "(absent)");
}

TEST(Metering, AReservedBudgetIsTriedAgain) {
  KeysGateway keys;
  const std::string secret = keys.make({{"max_budget", 0.01}});
  const auto open = keys.chat(secret, request("gamma", {{"max_tokens", 8}}));
  const auto refused = keys.chat(secret, request("gamma", {{"max_tokens", 5}}));
  EXPECT_EQ(refused->reply.error("code"), "budget_reserved");
  EXPECT_EQ(refused->reply.header("retry-after"), "2");
  EXPECT_EQ(refused->reply.header("x-should-retry"), "true");
  EXPECT_EQ(refused->calls(), 0U);
}

TEST(Metering, RateHeadersOfTheProviderGetOtherNamesWhereTheKeyHasItsOwn) {
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

TEST(Metering, ALimiterOutOfReachLetsNothingThrough) {
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

TEST(Metering, AnAdmissionWithoutAnAnswerIsGivenUpAfterThreeSecondsAndIsVoid) {
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

TEST(Metering, LogsAndRecordsNameTheKeyAndNeverItsSecret) {
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

TEST(Metering, OnMessagesASpentBudgetIs402) {
  KeysGateway keys;
  const Json body = {
      {"model", "claude-sonnet-4-6"}, {"max_tokens", 10}, {"messages", {{{"role", "user"}, {"content", "hi"}}}}};
  const auto refused = keys.chat(keys.make({{"max_budget", 0.0001}}), body, {}, kStartMs, "/v1/messages");
  EXPECT_EQ(refused->reply.status, 402) << refused->transcript();
  EXPECT_EQ(refused->reply.error("type"), "billing_error");
  EXPECT_EQ(refused->reply.header("x-should-retry"), "false");
}

TEST(Metering, ANativeMessagesBodyIsSentAsItIs) {
  KeysGateway keys;
  const Json body = {
      {"model", "claude-sonnet-4-6"}, {"max_tokens", 10}, {"messages", {{{"role", "user"}, {"content", "hi"}}}}};
  const auto of_master = keys.chat(kClientKey, body, {}, kStartMs, "/v1/messages");
  const auto of_key = keys.chat(keys.make({{"max_budget", 1}}), body, {}, kStartMs, "/v1/messages");
  ASSERT_EQ(of_key->calls(), 1U) << of_key->transcript();
  EXPECT_EQ(of_key->fetches[0].body, of_master->fetches[0].body);
  EXPECT_EQ(keys.limiter().state.reserved, kCent / 10);
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
