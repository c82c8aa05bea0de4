// Counts of a prompt's tokens: whom the gateway asks, how long it waits, and when it estimates.
#include <gtest/gtest.h>

#include "base/limits.h"
#include "support/gateway_driver.h"
#include "support/gateway_settings.h"
#include "support/records.h"

namespace onellm::gateway::test {
namespace {

const Json kSettings = settings_with({{"ANTHROPIC_API_KEY", "key-of-anthropic"},
                                      {"ANTHROPIC_API_BASE", "https://anthropic.test"},
                                      {"GEMINI_API_KEY", "key-of-gemini"},
                                      {"GEMINI_API_BASE", "https://gemini.test"}});

struct CountTokens : ::testing::Test {
  CountTokens() { driver.chat_path = "/v1/messages/count_tokens"; }
  void count(const std::string& model) {
    driver.chat(Json{{"model", model}, {"messages", {{{"role", "user"}, {"content", "How many tokens is this?"}}}}});
  }
  [[nodiscard]] int64_t tokens() const { return driver.reply.json().value("input_tokens", int64_t{-1}); }
  [[nodiscard]] bool is_estimated() const { return driver.reply.header("x-onellm-estimated") == "input_tokens"; }

  Configured gateway{kSettings};
  Driver driver{gateway};
};

TEST_F(CountTokens, AsksTheProviderThatHasACount) {
  count("gemini-2.5-flash");
  ASSERT_EQ(driver.calls(), 1U) << driver.transcript();
  EXPECT_EQ(driver.fetches[0].url, "POST https://gemini.test/v1beta/models/gemini-2.5-flash:countTokens");
  driver.answer(0, 200, R"({"totalTokens":43})");
  EXPECT_EQ(driver.reply.body, R"({"input_tokens":43})");
  EXPECT_FALSE(is_estimated());
}

TEST_F(CountTokens, EstimatesIfTheProviderIsSilent) {
  count("gemini-2.5-flash");
  driver.wait(kCountTimeoutMs - 1);
  EXPECT_FALSE(driver.reply.ended);
  driver.wait(2);
  EXPECT_TRUE(driver.reply.ended) << driver.transcript();
  EXPECT_GT(tokens(), 4);
  EXPECT_TRUE(is_estimated());
  EXPECT_EQ(driver.fetches[0].aborts, 1);
}

TEST_F(CountTokens, EstimatesIfTheReplyHasNoCount) {
  for (const char* body : {"", "{}", "[]", R"({"totalTokens":-1})", R"({"totalTokens":"7"})"}) {
    Driver other(gateway);
    other.chat_path = driver.chat_path;
    other.chat(Json{{"model", "gemini-2.5-flash"}, {"messages", {{{"role", "user"}, {"content", "x"}}}}});
    other.answer(0, 200, body);
    EXPECT_EQ(other.reply.header("x-onellm-estimated"), "input_tokens") << body;
  }
}

TEST_F(CountTokens, GivesTheLargestOfSeveralAndWaitsForAll) {
  count("claude-opus-5,gemini-2.5-flash,echo");
  ASSERT_EQ(driver.calls(), 2U);
  driver.answer(1, 200, R"({"totalTokens":70})");
  EXPECT_FALSE(driver.reply.ended);
  driver.answer(0, 200, R"({"input_tokens":50})");
  EXPECT_EQ(tokens(), 70);
  EXPECT_TRUE(is_estimated()) << "echo has no count";
}

TEST_F(CountTokens, RefusesWithTheErrorOfAProviderThatRefusesTheRequest) {
  count("claude-opus-5,gemini-2.5-flash");
  driver.answer(1, 403, R"({"error":{"code":403,"message":"No key-of-gemini here","status":"PERMISSION_DENIED"}})");
  EXPECT_EQ(driver.reply.status, 403);
  EXPECT_EQ(driver.reply.error("type"), "permission_error");
  EXPECT_EQ(driver.reply.error("message").find("key-of-gemini"), std::string::npos);
  EXPECT_EQ(driver.fetches[0].aborts, 1) << "the other count goes on";
}

TEST_F(CountTokens, PassesTheReplyOfClaudeUnchanged) {
  driver.chat(std::string(R"({ "model":"claude-opus-5","messages":7 })"));
  ASSERT_EQ(driver.calls(), 1U) << driver.transcript();
  EXPECT_EQ(driver.fetches[0].body, R"({ "model":"claude-opus-5","messages":7 })");
  driver.answer(0, 400, R"({"type":"error","error":{"type":"invalid_request_error","message":"No."}, "x":1})");
  EXPECT_EQ(driver.reply.status, 400);
  EXPECT_EQ(driver.reply.body, R"({"type":"error","error":{"type":"invalid_request_error","message":"No."}, "x":1})");
}

// A prompt of that many bytes, in messages of `each` bytes.
std::string long_prompt(const std::string& model, size_t bytes, size_t each) {
  std::string body = R"({"model":")" + model + R"(","max_tokens":9,"messages":[)";
  while (body.size() < bytes) body += R"({"role":"user","content":")" + std::string(each, 'x') + "\"},";
  body.back() = ']';
  return body + "}";
}

TEST_F(CountTokens, AsksAllModelsOfALongPrompt) {
  const std::string claudes = "claude-opus-5,claude-opus-4-8,claude-sonnet-4-5,claude-haiku-4-5,claude-opus-4-5";
  driver.chat(long_prompt(claudes, 7'900'000, 100'000));
  ASSERT_EQ(driver.calls(), 5U) << driver.reply.body;
  for (size_t call = 0; call < 5; ++call) {
    EXPECT_GT(driver.fetches[call].body.size(), 7'800'000U);
    EXPECT_EQ(Json::parse(driver.fetches[call].body).count("max_tokens"), 0U);
  }
  for (size_t call = 0; call < 5; ++call) driver.answer(call, 200, R"({"input_tokens":9})");
  EXPECT_EQ(tokens(), 9);
  EXPECT_FALSE(is_estimated());
}

TEST_F(CountTokens, EstimatesTheModelsForWhoseRequestsThereIsNeverRoom) {
  driver.chat(long_prompt("gemini-2.5-flash,gemini-2.5-pro,gemini-2.0-flash,gemini-3-pro,gemini-2.5-flash-lite",
                          7'000'000, 3'000));
  ASSERT_FALSE(driver.reply.ended) << driver.reply.body;
  EXPECT_GE(driver.calls(), 1U);
  EXPECT_LT(driver.calls(), 5U);
  for (size_t call = 0; call < driver.calls(); ++call) driver.answer(call, 200, R"({"totalTokens":9})");
  EXPECT_EQ(driver.reply.status, 200) << driver.reply.body;
  EXPECT_TRUE(is_estimated());
}

TEST_F(CountTokens, RefusesWhatIsTooLargeForTheGateway) {
  driver.chat(long_prompt("gemini-2.5-flash", 7'000'000, 1));
  EXPECT_GE(driver.reply.status, 400);
  EXPECT_LT(driver.reply.status, 500) << "a retry would not help";
}

TEST_F(CountTokens, RefusesAReplyOfClaudeThatIsTooLongOrNoCount) {
  const std::string long_reply = R"({"input_tokens":7,"x":")" + std::string(kCountReplyBytesMax, 'x') + "\"}";
  for (const std::string& body : {long_reply, long_reply.substr(0, kCountReplyBytesMax + 1), std::string("<html>"),
                                  std::string(R"({"type":"message"})"), std::string()}) {
    Driver other(gateway);
    other.chat_path = driver.chat_path;
    other.chat(std::string(R"({"model":"claude-opus-5","messages":[]})"));
    other.answer(0, 200, body, {{"content-type", "application/json"}, {"request-id", "req_up"}});
    EXPECT_EQ(other.reply.status, 502) << body.substr(0, 40);
    EXPECT_EQ(other.reply.error("type"), "api_error") << other.reply.body.substr(0, 200);
    EXPECT_EQ(other.reply.header("request-id"), "req_up");
    EXPECT_EQ(other.reply.json()["request_id"], "req_up");
  }
}

TEST_F(CountTokens, NamesTheModelAndWhatWasNotCounted) {
  driver.chat(Json::parse(R"({"model":"gpt-4o","top_k":3,"messages":[{"role":"user","content":"x"}]})"));
  driver.answer(0, 200, R"({"object":"response.input_tokens","input_tokens":3})");
  EXPECT_EQ(driver.reply.status, 200) << driver.reply.body;
  EXPECT_EQ(driver.reply.header("x-onellm-provider"), "openai");
  EXPECT_EQ(driver.reply.header("x-onellm-model"), "gpt-4o");
  EXPECT_EQ(driver.reply.header("x-onellm-upstream-status"), "200");
  EXPECT_EQ(driver.reply.header("x-onellm-dropped"), "top_k");
}

TEST_F(CountTokens, NamesTheThoughtsThatWereCutOut) {
  driver.chat(std::string(
      R"({"model":"claude-opus-5","messages":[{"role":"assistant","content":[{"type":"thinking","thinking":"t",)"
      R"("signature":"onellm1.google.Z2VtaW5p.e30.x"},{"type":"text","text":"a"}]},{"role":"user","content":"x"}]})"));
  ASSERT_EQ(driver.calls(), 1U) << driver.reply.body;
  const bool is_cut = driver.fetches[0].body.find("thinking") == std::string::npos;
  driver.answer(0, 200, R"({"input_tokens":3})");
  EXPECT_EQ(driver.reply.header("x-onellm-dropped"), is_cut ? "thinking" : "(absent)");
  EXPECT_EQ(driver.reply.header("x-onellm-provider"), "anthropic");
}

TEST_F(CountTokens, RefusesAStrictRequestThatLosesAParameter) {
  driver.chat(Json::parse(R"({"model":"gpt-4o","top_k":3,"messages":[{"role":"user","content":"x"}]})"),
              with_key({{"x-onellm-strict", "1"}}));
  EXPECT_EQ(driver.reply.status, 400);
  EXPECT_NE(driver.reply.error("message").find("top_k"), std::string::npos) << driver.reply.body;
  EXPECT_EQ(driver.calls(), 0U);
}

TEST_F(CountTokens, RefusesAMergeThatItsDialectCannotHave) {
  driver.chat(
      Json::parse(R"({"model":"echo,echo","onellm":{"merge":"choices"},"messages":[{"role":"user","content":"x"}]})"));
  EXPECT_EQ(driver.reply.status, 400);
  EXPECT_NE(driver.reply.error("message").find("onellm.merge"), std::string::npos) << driver.reply.body;
}

TEST_F(CountTokens, RecordsAnErrorOfTheProviderAsItsOwn) {
  Configured counting(settings_with({{"ANTHROPIC_API_KEY", "key-of-anthropic"},
                                     {"ANTHROPIC_API_BASE", "https://anthropic.test"},
                                     {"bindings", {"ONELLM_ANALYTICS"}}}));
  Driver other(counting);
  other.chat_path = driver.chat_path;
  other.chat(std::string(R"({"model":"claude-opus-5","messages":[]})"));
  other.answer(0, 529, R"({"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}})");
  EXPECT_EQ(other.reply.status, 529);
  ASSERT_EQ(other.logs.size(), 1U);
  EXPECT_EQ(Json::parse(other.logs[0]).value("error", ""), "overloaded") << other.logs[0];
  ASSERT_EQ(other.records.size(), 1U);
  EXPECT_EQ(blob(other.records[0], "outcome"), "error");
  EXPECT_EQ(blob(other.records[0], "error_code"), "overloaded");
}

TEST_F(CountTokens, SaysThatClaudeCannotBeReached) {
  count("claude-opus-5");
  driver.fail(0);
  EXPECT_EQ(driver.reply.status, 502);
  EXPECT_EQ(driver.reply.error("type"), "api_error");
}

TEST_F(CountTokens, EndsItsCallsIfTheClientLeaves) {
  count("claude-opus-5,gemini-2.5-flash");
  driver.client_gone();
  EXPECT_EQ(driver.fetches[0].aborts + driver.fetches[1].aborts, 2);
}

}  // namespace
}  // namespace onellm::gateway::test
