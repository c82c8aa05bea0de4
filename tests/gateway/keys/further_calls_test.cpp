// Further paid calls of a request: each after one that may have been billed is admitted before it is sent.
#include <gtest/gtest.h>

#include "support/keys_gateway.h"

namespace onellm::gateway::test {
namespace {

using namespace onellm::test;

Json request(const std::string& model, const Json& more = Json::object()) { return chat_request(model, false, more); }

TEST(FurtherCalls, AfterAFreeFailureAFallbackIsAskedAtOnce) {
  KeysGateway keys;
  const auto driver = keys.chat(keys.make({{"max_budget", 1}}), request("gamma|alpha", {{"max_tokens", 10}}));
  driver->answer(0, 500, "{}");
  ASSERT_EQ(driver->calls(), 2U) << driver->transcript();
  EXPECT_EQ(keys.counts["admit"], 1);
}

TEST(FurtherCalls, AnErrorAsTheFirstEventIsAFreeFailure) {
  KeysGateway keys;
  const auto driver =
      keys.chat(keys.make({{"max_budget", 0.015}}), chat_request("gamma|alpha", true, {{"max_tokens", 10}}));
  driver->head(0, 200);
  driver->bytes(0, "data: " + error_body("Overloaded", "overloaded_error", "overloaded") + "\n\n");
  keys.serve(*driver);
  ASSERT_EQ(driver->calls(), 2U) << driver->transcript();
  driver->stream(1, role() + text("well") + finish() + usage(1, 10) + kDone);
  keys.serve(*driver);
  EXPECT_EQ(keys.limiter().state.spent, kCent / 10);
}

TEST(FurtherCalls, AfterACallThatMayHaveBeenBilledAFallbackIsAdmitted) {
  KeysGateway keys;
  const auto driver =
      keys.chat(keys.make({{"max_budget", 1}, {"rpm_limit", 1}}), request("gamma|alpha", {{"max_tokens", 10}}));
  driver->head(0, 200, {{"content-type", "application/json"}});
  driver->fail(0);
  EXPECT_EQ(driver->calls(), 1U);
  keys.serve(*driver);
  ASSERT_EQ(driver->calls(), 2U) << driver->transcript();
  EXPECT_EQ(keys.counts["admit"], 2);
  EXPECT_EQ(keys.limiter().state.reserved, kCent + kCent / 10) << "none of rpm_limit, but money";
  driver->answer(1, 200, KeysGateway::whole(1, 10, "alpha"));
  keys.serve(*driver);
  EXPECT_EQ(driver->reply.status, 200);
  EXPECT_EQ(keys.limiter().state.spent, kCent + kCent / 10) << "of the first call nothing is known";
  EXPECT_EQ(driver->told_objects.size(), 1U);
}

TEST(FurtherCalls, WhatIsRefusedIsNotSent) {
  KeysGateway keys;
  const auto driver = keys.chat(keys.make({{"max_budget", 0.015}}), request("gamma|gamma", {{"max_tokens", 10}}));
  driver->head(0, 200, {{"content-type", "application/json"}});
  driver->fail(0);
  keys.serve(*driver);
  EXPECT_EQ(driver->calls(), 1U);
  EXPECT_EQ(driver->reply.status, 429) << driver->transcript();
  EXPECT_EQ(driver->reply.error("code"), "budget_exceeded");
  EXPECT_EQ(driver->reply.header("x-should-retry"), "false");
  keys.serve(*driver);
  EXPECT_EQ(keys.limiter().state.spent, kCent);
  EXPECT_EQ(keys.limiter().state.reserved, 0);
}

TEST(FurtherCalls, WithoutAnAnswerNothingIsSent) {
  KeysGateway keys;
  const auto driver = keys.chat(keys.make({{"max_budget", 1}}), request("gamma|alpha", {{"max_tokens", 10}}));
  keys.silent = {"admit"};
  driver->head(0, 200, {{"content-type", "application/json"}});
  driver->fail(0);
  keys.serve(*driver);
  driver->wait(3'000);
  EXPECT_EQ(driver->calls(), 1U);
  EXPECT_EQ(driver->reply.status, 503) << driver->transcript();
  EXPECT_EQ(driver->reply.error("code"), "key_store_unavailable");
}

TEST(FurtherCalls, AKeyThatCountsOnlyRequestsIsNotAskedAgain) {
  KeysGateway keys;
  const auto driver = keys.chat(keys.make({{"rpm_limit", 9}}), request("gamma|alpha"));
  driver->head(0, 200, {{"content-type", "application/json"}});
  driver->fail(0);
  EXPECT_EQ(driver->calls(), 2U);
  EXPECT_EQ(keys.counts["admit"], 1);
}

TEST(FurtherCalls, AClientThatLeavesDuringTheAdmissionIsSettled) {
  KeysGateway keys;
  const auto driver = keys.chat(keys.make({{"max_budget", 1}}), request("gamma|alpha", {{"max_tokens", 10}}));
  driver->head(0, 200, {{"content-type", "application/json"}});
  driver->fail(0);
  driver->client_gone();
  keys.serve(*driver);
  EXPECT_EQ(driver->calls(), 1U);
  EXPECT_EQ(keys.limiter().state.reserved, 0);
  EXPECT_EQ(keys.limiter().state.spent, kCent);
}

// A turn of Claude that its web search pauses.
struct PausedTurnOfAKey : ::testing::Test {
  static std::string message(const std::string& text, const std::string& stop_reason) {
    Json content = {{{"type", "text"}, {"text", text}}};
    if (stop_reason == "pause_turn") {
      content.push_back(
          {{"type", "server_tool_use"}, {"id", "srvtoolu_1"}, {"name", "web_search"}, {"input", {{"q", 1}}}});
    }
    return Json{{"id", "msg_1"},
                {"type", "message"},
                {"role", "assistant"},
                {"model", "claude-sonnet-4-6"},
                {"content", content},
                {"stop_reason", stop_reason},
                {"usage", {{"input_tokens", 10}, {"output_tokens", 5}}}}
        .dump();
  }

  std::unique_ptr<Driver> ask(const Json& limits) {
    return keys.chat(keys.make(limits),
                     request("claude-sonnet-4-6", {{"web_search_options", Json::object()}, {"max_tokens", 100}}));
  }

  KeysGateway keys;
};

TEST_F(PausedTurnOfAKey, GoesOnWhenTheNextCallIsAdmitted) {
  const auto driver = ask({{"max_budget", 50}});
  ASSERT_EQ(driver->calls(), 1U) << driver->transcript();
  const int64_t first = keys.limiter().state.reserved;
  driver->answer(0, 200, message("Let me search. ", "pause_turn"));
  EXPECT_EQ(driver->calls(), 1U);
  keys.serve(*driver);
  ASSERT_EQ(driver->calls(), 2U) << driver->transcript();
  EXPECT_EQ(keys.limiter().state.reserved, 2 * first);
  driver->answer(1, 200, message("It rains.", "end_turn"));
  keys.serve(*driver);
  EXPECT_EQ(driver->reply.json()["choices"][0]["message"]["content"], "Let me search. It rains.");
  EXPECT_EQ(driver->reply.json()["usage"]["completion_tokens"], 10);
  EXPECT_EQ(keys.limiter().state.spent, kCent / 10) << "ten tokens";
}

TEST_F(PausedTurnOfAKey, EndsWithWhatItHasWhenTheNextCallIsRefused) {
  const auto driver = ask({{"max_budget", 8}});  // Five searches and a hundred tokens are $5.01.
  driver->answer(0, 200, message("Let me search. ", "pause_turn"));
  keys.serve(*driver);
  EXPECT_EQ(driver->calls(), 1U);
  EXPECT_EQ(driver->reply.status, 200) << driver->transcript();
  EXPECT_EQ(driver->reply.json()["choices"][0]["message"]["content"], "Let me search. ");
  EXPECT_EQ(driver->reply.json()["choices"][0]["finish_reason"], "stop");
  EXPECT_EQ(driver->reply.json()["usage"]["completion_tokens"], 5);
  keys.serve(*driver);
  EXPECT_EQ(keys.limiter().state.spent, kCent / 20);
  EXPECT_EQ(keys.limiter().state.reserved, 0);
}

TEST_F(PausedTurnOfAKey, IsSettledWhenTheClientLeavesMeanwhile) {
  const auto driver = ask({{"max_budget", 50}});
  driver->answer(0, 200, message("Let me search. ", "pause_turn"));
  driver->client_gone();
  keys.serve(*driver);
  EXPECT_EQ(keys.limiter().state.spent, kCent / 20);
  EXPECT_EQ(keys.limiter().state.reserved, 0);
}

}  // namespace
}  // namespace onellm::gateway::test
