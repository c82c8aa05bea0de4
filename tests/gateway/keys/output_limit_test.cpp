// The output limits of a key's requests: which are taken, and the one that is written where none was asked.
#include <gtest/gtest.h>

#include "support/keys_gateway.h"

namespace onellm::gateway::test {
namespace {

using namespace onellm::test;

Json request(const std::string& model, const Json& more = Json::object()) { return chat_request(model, false, more); }

// The member that stands last in a body.
std::string last_member(const std::string& body) { return body.substr(body.rfind(',') + 1); }

TEST(OutputLimit, ABodyWithALimitIsSentAsItWouldBeForTheMasterKey) {
  KeysGateway keys;
  const Json body = request("gamma", {{"max_tokens", 20}, {"temperature", 1.0}});
  const auto of_master = keys.chat(kClientKey, body);
  const auto of_key = keys.chat(keys.make({{"max_budget", 1}, {"tpm_limit", 100'000}, {"rpm_limit", 9}}), body);
  ASSERT_EQ(of_key->calls(), 1U) << of_key->transcript();
  EXPECT_EQ(of_key->fetches[0].body, of_master->fetches[0].body);
  of_key->answer(0, 200, KeysGateway::whole(1, 1));
  EXPECT_EQ(of_key->reply.header("x-onellm-max-tokens"), "(absent)");
}

TEST(OutputLimit, AKeyWithoutBudgetAndTokensChangesNoBody) {
  KeysGateway keys;
  const auto of_master = keys.chat(kClientKey, request("gamma"));
  const auto of_key = keys.chat(keys.make({{"rpm_limit", 9}, {"max_parallel_requests", 9}}), request("gamma"));
  ASSERT_EQ(of_key->calls(), 1U);
  EXPECT_EQ(of_key->fetches[0].body, of_master->fetches[0].body);
}

TEST(OutputLimit, WhereNoLimitWasAskedOneIsWrittenAsTheLastMember) {
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

TEST(OutputLimit, ALimitIsWrittenHoweverTheBodyEnds) {
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

TEST(OutputLimit, EveryDialectGetsTheChosenLimit) {
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

TEST(OutputLimit, OfTwoOutputLimitsTheLargerCounts) {
  for (const Json& limits : {Json{{"max_tokens", 10}, {"max_completion_tokens", 50}},
                             Json{{"max_tokens", 50}, {"max_completion_tokens", 10}}}) {
    KeysGateway keys;
    const auto driver = keys.chat(keys.make({{"max_budget", 1}}), request("gamma", limits));
    ASSERT_EQ(driver->calls(), 1U);
    EXPECT_EQ(keys.limiter().state.reserved, 5 * kCent);
  }
}

// Nobody knows which names a host takes.
TEST(OutputLimit, ALimitOfAnotherNameCountsBesideOneOfItsOwn) {
  for (const Json& other : {Json{{"max_new_tokens", 50}}, Json{{"n_predict", 50}}, Json{{"max_output_tokens", 50}},
                            Json{{"options", {{"num_predict", 50}}}}}) {
    KeysGateway keys;
    Json limits = other;
    limits["max_tokens"] = 10;
    const auto both = keys.chat(keys.make({{"max_budget", 1}}), request("gamma", limits));
    ASSERT_EQ(both->calls(), 1U) << both->transcript();
    EXPECT_EQ(keys.limiter().state.reserved, 5 * kCent) << other;
    const auto alone = keys.chat(keys.make({{"max_budget", 1}}), request("gamma", other));
    EXPECT_EQ(alone->reply.status, 400) << other;
    EXPECT_EQ(alone->calls(), 0U);
  }
}

TEST(OutputLimit, WhereSettingsLeaveItOutTheMostOfTheModelCounts) {
  KeysGateway keys(Json{{"ONELLM_MODEL_RULES", {{"gamma", {{"drop", {"max_tokens", "max_completion_tokens"}}}}}}});
  for (const Json& asked : {Json::object(), Json{{"max_tokens", 10}}}) {
    const auto driver = keys.chat(keys.make({{"max_budget", 1}}), request("gamma", asked));
    EXPECT_EQ(driver->reply.status, 429) << asked << driver->transcript();
    EXPECT_EQ(driver->reply.header("x-onellm-max-tokens"), "(absent)");
    EXPECT_EQ(driver->calls(), 0U);
  }
  const auto beside = keys.chat(keys.make({{"max_budget", 1}}), request("alpha"));
  EXPECT_EQ(beside->calls(), 1U) << "another model has its limit";
  EXPECT_NE(beside->fetches[0].body.find("tokens"), std::string::npos);
}

TEST(OutputLimit, AWrongOutputLimitIsA400ThatNamesIt) {
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

TEST(OutputLimit, ANativeMessagesBodyIsSentAsItIs) {
  KeysGateway keys;
  const Json body = {
      {"model", "claude-sonnet-4-6"}, {"max_tokens", 10}, {"messages", {{{"role", "user"}, {"content", "hi"}}}}};
  const auto of_master = keys.chat(kClientKey, body, {}, kStartMs, "/v1/messages");
  const auto of_key = keys.chat(keys.make({{"max_budget", 1}}), body, {}, kStartMs, "/v1/messages");
  ASSERT_EQ(of_key->calls(), 1U) << of_key->transcript();
  EXPECT_EQ(of_key->fetches[0].body, of_master->fetches[0].body);
  EXPECT_EQ(keys.limiter().state.reserved, kCent / 10);
}

}  // namespace
}  // namespace onellm::gateway::test
