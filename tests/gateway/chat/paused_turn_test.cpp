// A turn that the provider pauses in the middle of its own tools is gone on with: one answer for the client.
#include <gtest/gtest.h>

#include "support/gateway_driver.h"
#include "support/gateway_settings.h"
#include "support/openai_wire.h"
#include "support/records.h"

namespace onellm::gateway::test {
namespace {

using namespace onellm::test;

struct PausedTurn : ::testing::Test {
  Configured gateway{settings_with({{"ANTHROPIC_API_KEY", "key-of-anthropic"},
                                    {"ANTHROPIC_API_BASE", "https://claude.test"},
                                    {"bindings", {"ONELLM_ANALYTICS"}}})};
  Driver driver{gateway};

  void ask(bool stream, Json more = Json::object()) {
    more["web_search_options"] = Json::object();
    if (stream) more["stream_options"] = {{"include_usage", true}};
    driver.chat(chat_request("claude-sonnet-4-6", stream, more));
  }

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

  static std::string event(const Json& data) { return "data: " + data.dump() + "\n\n"; }
  static std::string streamed(const std::string& text, const std::string& stop_reason) {
    return event({{"type", "message_start"},
                  {"message", {{"id", "msg_1"}, {"model", "claude-sonnet-4-6"}, {"usage", {{"input_tokens", 10}}}}}}) +
           event({{"type", "content_block_start"}, {"index", 0}, {"content_block", {{"type", "text"}, {"text", ""}}}}) +
           event({{"type", "content_block_delta"}, {"index", 0}, {"delta", {{"type", "text_delta"}, {"text", text}}}}) +
           event({{"type", "content_block_stop"}, {"index", 0}}) +
           event({{"type", "message_delta"},
                  {"delta", {{"stop_reason", stop_reason}}},
                  {"usage", {{"output_tokens", 5}}}}) +
           event({{"type", "message_stop"}});
  }
};

TEST_F(PausedTurn, IsGoneOnWithInAWholeReply) {
  ask(false);
  driver.answer(0, 200, message("Let me search. ", "pause_turn"));
  ASSERT_EQ(driver.fetches.size(), 2U);
  const Json first = Json::parse(driver.fetches[0].body, nullptr, false);
  const Json second = Json::parse(driver.fetches[1].body, nullptr, false);
  ASSERT_EQ(second["messages"].size(), first["messages"].size() + 1);
  EXPECT_EQ(second["messages"].back()["role"], "assistant");
  EXPECT_EQ(second["messages"].back()["content"][1]["id"], "srvtoolu_1");
  EXPECT_EQ(second["tools"], first["tools"]);
  driver.answer(1, 200, message("It is cold.", "end_turn"));
  EXPECT_EQ(driver.reply.status, 200);
  const Json choice = driver.reply.json()["choices"][0];
  EXPECT_EQ(choice["message"]["content"], "Let me search. It is cold.");
  EXPECT_EQ(choice["finish_reason"], "stop");
  EXPECT_FALSE(choice.contains("native_finish_reason"));
  EXPECT_EQ(driver.reply.json()["usage"]["prompt_tokens"], 20);
  EXPECT_EQ(driver.reply.json()["usage"]["completion_tokens"], 10);
  EXPECT_EQ(driver.reply.header("x-onellm-attempts"), "2");
  // 3 and 15 dollars for a million: both calls are paid.
  EXPECT_EQ(driver.reply.header("x-onellm-cost"), "0.00021");
  EXPECT_EQ(driver.records.size(), 2U);
}

TEST_F(PausedTurn, IsGoneOnWithInAStream) {
  ask(true);
  driver.stream(0, streamed("Let me search. ", "pause_turn"));
  ASSERT_EQ(driver.fetches.size(), 2U);
  driver.stream(1, streamed("It is cold.", "end_turn"));
  const auto answer = read_stream(driver.reply.body);
  EXPECT_EQ(answer.usage["total_tokens"], 30);
  const size_t first = driver.reply.body.find("Let me search. ");
  EXPECT_LT(first, driver.reply.body.find("It is cold."));
  const std::string role = R"("role":"assistant")";
  EXPECT_EQ(driver.reply.body.find(role), driver.reply.body.rfind(role)) << "it began once";
  const std::string finish = R"("finish_reason":"stop")";
  EXPECT_EQ(driver.reply.body.find(finish), driver.reply.body.rfind(finish)) << "and ended once";
  EXPECT_TRUE(driver.reply.ended);
}

TEST_F(PausedTurn, EndsAfterThreeFurtherCallsWithItsOwnWord) {
  ask(false);
  for (size_t call = 0; call < 4; ++call) {
    ASSERT_EQ(driver.fetches.size(), call + 1);
    driver.answer(call, 200, message("On. ", "pause_turn"));
  }
  ASSERT_EQ(driver.fetches.size(), 4U);
  const Json choice = driver.reply.json()["choices"][0];
  EXPECT_EQ(choice["message"]["content"], "On. On. On. On. ");
  EXPECT_EQ(choice["finish_reason"], "stop");
  EXPECT_EQ(choice["native_finish_reason"], "pause_turn");
}

TEST_F(PausedTurn, FailsWhereItCannotBeGoneOnWith) {
  ask(false);
  driver.answer(0, 200, message("Let me search. ", "pause_turn"));
  driver.answer(1, 429, R"({"type":"error","error":{"type":"rate_limit_error","message":"Slow down"}})");
  EXPECT_EQ(driver.reply.status, 429);
  EXPECT_EQ(driver.reply.error("code"), "rate_limit_exceeded");
  Driver stream(gateway);
  Json more = {{"web_search_options", Json::object()}};
  stream.chat(chat_request("claude-sonnet-4-6|alpha", true, more));
  stream.stream(0, streamed("Let me search. ", "pause_turn"));
  stream.answer(1, 500, "{}");
  EXPECT_EQ(stream.fetches.size(), 2U) << "no fallback after the first word";
  EXPECT_NE(stream.reply.body.find("\"error\":{"), std::string::npos);
}

TEST_F(PausedTurn, IsLeftAloneWithoutToolsOfTheProvider) {
  driver.chat(chat_request("claude-sonnet-4-6", false));
  driver.answer(0, 200, message("Half", "pause_turn"));
  EXPECT_EQ(driver.fetches.size(), 1U);
  EXPECT_EQ(driver.reply.json()["choices"][0]["native_finish_reason"], "pause_turn");
}

}  // namespace
}  // namespace onellm::gateway::test
