// Counts of a prompt's tokens: whom the gateway asks, how long it waits, and when it estimates.
#include <gtest/gtest.h>

#include "base/limits.h"
#include "support/gateway_driver.h"
#include "support/gateway_settings.h"

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
