// Signed reasoning for clients of chat that do not send it back: the gateway remembers it by the tool call behind it.
#include "gateway/chat/thought_memory.h"

#include <gtest/gtest.h>

#include "base/limits.h"
#include "support/gateway_driver.h"
#include "support/gateway_settings.h"
#include "support/openai_wire.h"

namespace onellm::gateway::test {
namespace {

using namespace onellm::test;

// --- the memory ---

RememberedTurn turn(const std::string& owner, const std::string& call_id, size_t bytes = 10) {
  RememberedTurn turn;
  turn.owner = owner;
  turn.call_id = call_id;
  turn.blocks.push_back({.text = std::string(bytes, 't'), .signature = "s", .model = "m"});
  return turn;
}

chat::Request with_call(std::string_view id) {
  chat::ToolCall call;
  call.id = {id};
  chat::Request request;
  request.messages.emplace_back();
  request.messages[0].tool_calls.push_back(call);
  return request;
}

// The number of blocks that are recalled for a message with this call.
size_t recalled(const ThoughtMemory& memory, const std::string& owner, const std::string& call_id, double now_ms) {
  chat::Request request = with_call(call_id);
  memory.recall(owner, now_ms, request);
  return request.messages[0].remembered_thoughts.size();
}

TEST(ThoughtMemory, GivesTheReasoningBeforeACallToTheKeyThatGotIt) {
  ThoughtMemory memory;
  memory.remember(turn("master", "toolu_1"), 1000);
  EXPECT_EQ(recalled(memory, "master", "toolu_1", 2000), 1U);
  EXPECT_EQ(recalled(memory, "master", "toolu_2", 2000), 0U);
  EXPECT_EQ(recalled(memory, "key_other", "toolu_1", 2000), 0U);
}

TEST(ThoughtMemory, ForgetsAfterAnHour) {
  ThoughtMemory memory;
  memory.remember(turn("master", "toolu_1"), 1000);
  EXPECT_EQ(recalled(memory, "master", "toolu_1", 1000 + kRememberedMs - 1), 1U);
  EXPECT_EQ(recalled(memory, "master", "toolu_1", 1000 + kRememberedMs), 0U);
}

TEST(ThoughtMemory, KeepsTheNewestTurnsOfAFullMemory) {
  ThoughtMemory memory;
  constexpr size_t kLarge = kRememberedTurnBytesMax / 2;
  constexpr size_t kTurns = 3 * kRememberedBytesMax / kLarge;
  for (size_t i = 0; i < kTurns; ++i) memory.remember(turn("master", "toolu_" + std::to_string(i), kLarge), 1000);
  EXPECT_EQ(recalled(memory, "master", "toolu_0", 1000), 0U);
  EXPECT_EQ(recalled(memory, "master", "toolu_" + std::to_string(kTurns - 1), 1000), 1U);
  size_t kept = 0;
  for (size_t i = 0; i < kTurns; ++i) kept += recalled(memory, "master", "toolu_" + std::to_string(i), 1000);
  EXPECT_LE(kept * kLarge, kRememberedBytesMax);
  EXPECT_GE((kept + 2) * kLarge, kRememberedBytesMax);
}

// Each call of a request is searched for, so the number of turns is limited too.
TEST(ThoughtMemory, KeepsALimitedNumberOfShortTurns) {
  ThoughtMemory memory;
  for (size_t i = 0; i <= kRememberedTurnsMax; ++i) memory.remember(turn("master", "toolu_" + std::to_string(i)), 1000);
  EXPECT_EQ(recalled(memory, "master", "toolu_0", 1000), 0U);
  EXPECT_EQ(recalled(memory, "master", "toolu_1", 1000), 1U);
}

TEST(ThoughtMemory, LeavesMessagesThatBringTheirOwnReasoning) {
  ThoughtMemory memory;
  memory.remember(turn("master", "toolu_1"), 1000);
  chat::Request request = with_call("toolu_1");
  request.messages[0].thinking_blocks.push_back({.text = {"own"}, .signature = {"sig"}});
  memory.recall("master", 1000, request);
  EXPECT_TRUE(request.messages[0].remembered_thoughts.empty());
}

TEST(RememberedTurn, TakesNothingThatIsTooLong) {
  RememberedTurn turn;
  const std::string text(kRememberedTurnBytesMax + 1, 't');
  chat::EventDetails details;
  details.thinking = {.text = {text}, .signature = {"sig"}};
  turn.note({.kind = chat::EventKind::kThinkingSigned, .details = &details});
  details.thinking.text = {"short"};
  turn.note({.kind = chat::EventKind::kThinkingSigned, .details = &details});
  EXPECT_TRUE(turn.blocks.empty());
}

// --- in a tool loop ---

struct LostThoughts : ::testing::Test {
  static constexpr const char* kModel = "claude-sonnet-4-5";

  static std::string thought_and_call(const std::string& id) {
    const Json thinking = {{"type", "thinking"}, {"thinking", "I \"need\" a file."}, {"signature", "SIG-" + id}};
    const Json call = {{"type", "tool_use"}, {"id", id}, {"name", "read"}, {"input", {{"path", "a"}}}};
    return Json{{"id", "msg_1"},
                {"type", "message"},
                {"role", "assistant"},
                {"model", kModel},
                {"content", {thinking, call}},
                {"stop_reason", "tool_use"},
                {"usage", {{"input_tokens", 10}, {"output_tokens", 5}}}}
        .dump();
  }
  static Json first_step(const std::string& model = kModel) {
    const Json tool = {{"type", "function"}, {"function", {{"name", "read"}, {"parameters", {{"type", "object"}}}}}};
    return chat_request(model, false, {{"reasoning_effort", "medium"}, {"max_tokens", 20'000}, {"tools", {tool}}});
  }
  // The next step of a client that keeps only the fields of OpenAI.
  static Json next_step(const std::string& id, const std::string& model = kModel) {
    Json request = first_step(model);
    const Json call = {
        {"id", id}, {"type", "function"}, {"function", {{"name", "read"}, {"arguments", "{\"path\":\"a\"}"}}}};
    request["messages"].push_back({{"role", "assistant"}, {"content", nullptr}, {"tool_calls", {call}}});
    request["messages"].push_back({{"role", "tool"}, {"tool_call_id", id}, {"content", "text of a"}});
    return request;
  }

  Configured gateway{settings_with({{"ANTHROPIC_API_KEY", "key-of-anthropic"},
                                    {"ANTHROPIC_API_BASE", "https://claude.test"},
                                    {"OPENAI_API_KEY", "key-of-openai"},
                                    {"OPENAI_API_BASE", "https://openai.test"}})};
};

TEST_F(LostThoughts, GoBackToClaudeSoThatItThinksInTheNextStepToo) {
  Driver first(gateway);
  first.chat(first_step());
  first.answer(0, 200, thought_and_call("toolu_1"));
  ASSERT_EQ(first.reply.status, 200);
  Driver next(gateway);
  next.chat(next_step("toolu_1"));
  ASSERT_EQ(next.calls(), 1U);
  const Json sent = Json::parse(next.fetches[0].body);
  EXPECT_EQ(sent["thinking"]["type"], "enabled");
  const Json wanted = {{"type", "thinking"}, {"thinking", "I \"need\" a file."}, {"signature", "SIG-toolu_1"}};
  EXPECT_EQ(sent["messages"][1]["content"][0], wanted);
  EXPECT_EQ(sent["messages"][1]["content"][1]["type"], "tool_use");
  next.answer(0, 200, thought_and_call("toolu_2"));
  EXPECT_EQ(next.reply.header("x-onellm-dropped"), "(absent)");
}

TEST_F(LostThoughts, StayLostForACallThatTheGatewayDoesNotKnow) {
  Driver next(gateway);
  next.chat(next_step("toolu_9"));
  const Json sent = Json::parse(next.fetches[0].body);
  EXPECT_FALSE(sent.contains("thinking"));
  next.answer(0, 200, thought_and_call("toolu_2"));
  EXPECT_EQ(next.reply.header("x-onellm-dropped"), "reasoning_effort");
}

TEST_F(LostThoughts, NeverReachAnotherModel) {
  Driver first(gateway);
  first.chat(first_step());
  first.answer(0, 200, thought_and_call("toolu_1"));
  for (const char* model : {"gpt-4o", "claude-haiku-4-5"}) {
    Driver next(gateway);
    next.chat(next_step("toolu_1", model));
    ASSERT_EQ(next.calls(), 1U) << model;
    EXPECT_EQ(next.fetches[0].body.find("SIG-toolu_1"), std::string::npos) << model;
  }
}

}  // namespace
}  // namespace onellm::gateway::test
