#include <gtest/gtest.h>

#include "dialects/anthropic_messages/encoding_support.h"

namespace onellm::dialects::anthropic_messages {
namespace {

// The blocks that a message of the assistant becomes, after a user's and before a user's, or its results.
Json blocks_of(const char* model, const std::string& assistant, const std::string& members = "") {
  const std::string messages =
      R"({"role":"user","content":"u"},{"role":"assistant",)" + assistant + R"(},{"role":"user","content":"v"})";
  const Encoded encoded = encode_messages(model, messages, members);
  EXPECT_TRUE(encoded.good) << encoded.error.message;
  return encoded.good ? encoded.body["messages"][1]["content"] : Json();
}

Json input_of(const std::string& arguments) {
  return blocks_of(kBudgetModel, R"("tool_calls":[{"id":"a","type":"function","function":{"name":"f","arguments":)" +
                                     arguments + "}}]")[0]["input"];
}

TEST(AnthropicMessageBlocks, GiveArgumentsAsAnObject) {
  EXPECT_EQ(input_of(R"("{\"a\":[1,\"\u00e9\"]}")"), parse(R"({"a":[1,"é"]})"));
  EXPECT_EQ(input_of(R"({"a":1})"), parse(R"({"a":1})"));
  EXPECT_EQ(input_of(R"("")"), Json::object());
  EXPECT_EQ(input_of(R"("[1]")"), parse(R"({"rawInvalidInput":"[1]"})"));
  EXPECT_EQ(input_of(R"("{\"a\":")"), parse(R"({"rawInvalidInput":"{\"a\":"})"));
}

TEST(AnthropicMessageBlocks, TurnRefusalsIntoText) {
  EXPECT_EQ(blocks_of(kBudgetModel, R"("content":[{"type":"refusal","refusal":"No."}])"), "No.");
  EXPECT_EQ(blocks_of(kBudgetModel, R"("content":null,"refusal":"No.")"), "No.");
}

TEST(AnthropicMessageBlocks, GiveCallsOfCustomToolsTheirInput) {
  EXPECT_EQ(blocks_of(kBudgetModel,
                      R"("tool_calls":[{"id":"a","type":"custom","custom":{"name":"f","input":"x"}}])")[0]["input"],
            Json({{"input", "x"}}));
}

constexpr const char* kThinking = R"("content":"t","thinking_blocks":[
    {"type":"thinking","thinking":"h\u006d","signature":"s\/1"},{"type":"redacted_thinking","data":"d"},
    {"type":"thinking","thinking":"unsigned"}])";

TEST(AnthropicMessageBlocks, ReturnThinkingUnchangedBeforeWhatItPreceded) {
  EXPECT_EQ(blocks_of(kNewestModel, kThinking), parse(R"([{"type":"thinking","thinking":"hm","signature":"s/1"},
      {"type":"redacted_thinking","data":"d"},{"type":"text","text":"t"}])"));
}

TEST(AnthropicMessageBlocks, ReturnThinkingOnlyWhereTheModelThinks) {
  EXPECT_EQ(blocks_of(kAdaptiveModel, kThinking), "t");
  EXPECT_EQ(blocks_of(kAdaptiveModel, kThinking, R"("reasoning_effort":"low")").size(), 3u);
  EXPECT_EQ(blocks_of(kBudgetModel, kThinking), "t");
  EXPECT_EQ(blocks_of("claude-opus-5", kThinking, R"("reasoning_effort":"none")"), "t");
}

TEST(AnthropicMessageBlocks, ReturnThinkingOnlyToTheModelThatSignedIt) {
  const auto signed_by = [](const char* model) {
    return R"("content":"t","thinking_blocks":[{"type":"thinking","thinking":"h","signature":"s","model":")" +
           std::string(model) + "\"}]";
  };
  EXPECT_EQ(blocks_of(kNewestModel, signed_by("claude-opus-5-5-20260922")).size(), 2u);
  EXPECT_EQ(blocks_of(kNewestModel, signed_by("claude-opus-5")), "t");
}

TEST(AnthropicMessageBlocks, LeaveOutAMessageOfThinkingAlone) {
  const Encoded encoded = encode_messages(kNewestModel, R"({"role":"user","content":"u"},
      {"role":"assistant","thinking_blocks":[{"type":"thinking","thinking":"h","signature":"s"}]},
      {"role":"user","content":"v"})");
  EXPECT_EQ(encoded.body["messages"].size(), 1u);
}

TEST(AnthropicMessageBlocks, EndInWhatCameOfThinking) {
  EXPECT_EQ(blocks_of(kNewestModel, R"("content":"t","thinking_blocks":[
      {"type":"thinking","thinking":"1","signature":"s"},
      {"type":"redacted_thinking","data":"2","after":{"text":true}}])"),
            parse(R"([{"type":"thinking","thinking":"1","signature":"s"},{"type":"text","text":"t"}])"));
  EXPECT_EQ(blocks_of(kNewestModel, R"("content":"t","thinking_blocks":[
      {"type":"thinking","thinking":"1","signature":"s","after":{"text":true}}])"),
            "t");
}

TEST(AnthropicMessageBlocks, KeepCallsOnTheirSideOfThinking) {
  const Json blocks = blocks_of(kNewestModel, R"("content":"t","thinking_blocks":[
      {"type":"thinking","thinking":"1","signature":"s"},
      {"type":"thinking","thinking":"2","signature":"s","after":{"tool_calls":1}}],
      "tool_calls":[{"id":"a","type":"function","function":{"name":"f"}},
                    {"id":"b","type":"function","function":{"name":"g"}}])");
  std::string order;
  for (const Json& block : blocks) order += block["type"].get<std::string>() + " ";
  EXPECT_EQ(order, "thinking tool_use thinking text tool_use ");
}

TEST(AnthropicMessageBlocks, MarkWhatIsToBeCached) {
  const char* mark = R"("prompt_cache_breakpoint":{"mode":"explicit"})";
  const Encoded encoded = encode_messages(
      kBudgetModel,
      R"({"role":"user","content":[{"type":"text","text":"u"},{"type":"text","text":"",)" + std::string(mark) + "}]}");
  EXPECT_EQ(encoded.body["messages"][0]["content"],
            parse(R"([{"type":"text","text":"u","cache_control":{"type":"ephemeral"}}])"));

  const Encoded result = encode_messages(
      kBudgetModel, R"({"role":"assistant","tool_calls":[{"id":"a","type":"function","function":{"name":"f"}}]},
          {"role":"tool","tool_call_id":"a","content":[{"type":"text","text":"r",)" +
                        std::string(mark) + "}]}");
  EXPECT_EQ(result.body["messages"][1]["content"][0],
            parse(R"({"type":"tool_result","tool_use_id":"a","content":"r","cache_control":{"type":"ephemeral"}})"));
}

TEST(AnthropicMessageBlocks, KeepWhatTheClientSaysOfTheCache) {
  const char* control = R"({"type":"ephemeral","ttl":"1h"})";
  const auto marked = [&](const char* text) {
    return R"({"type":"text","text":")" + std::string(text) + R"(","cache_control":)" + control + "}";
  };
  const Encoded encoded = encode_messages(
      kBudgetModel, R"({"role":"system","content":[)" + marked("S") + R"(]},{"role":"user","content":[)" + marked("u") +
                        "," + marked("") + R"(]},{"role":"assistant","tool_calls":[{"id":"a","type":"function",)" +
                        R"("function":{"name":"f"}}]},{"role":"tool","tool_call_id":"a","content":[)" + marked("r") +
                        R"(,{"type":"text","text":"s"}]})");
  EXPECT_EQ(encoded.body["system"][0]["cache_control"], parse(control));
  EXPECT_EQ(encoded.body["messages"][0]["content"][0]["cache_control"], parse(control));
  EXPECT_EQ(encoded.body["messages"][2]["content"][0]["cache_control"], parse(control)) << "of the result as a whole";
  EXPECT_FALSE(encoded.body["messages"][2]["content"][0]["content"][0].contains("cache_control"));

  const Encoded odd =
      encode_messages(kBudgetModel, R"({"role":"user","content":[{"type":"text","text":"u","cache_control":true}]})");
  EXPECT_EQ(odd.body["messages"][0]["content"][0]["cache_control"], parse(R"({"type":"ephemeral"})"));
}

TEST(AnthropicMessageBlocks, RefuseSound) {
  const Encoded part = encode_messages(kNewestModel, R"({"role":"user","content":"u"},{"role":"user","content":[
      {"type":"text","text":"hear"},{"type":"input_audio","input_audio":{"data":"AA","format":"wav"}}]})");
  EXPECT_EQ(part.error.kind, ErrorKind::kUnsupportedParameter);
  EXPECT_EQ(part.error.param, "messages[1].content[1]");

  const Encoded answer =
      encode_messages(kNewestModel, R"({"role":"user","content":"u"},{"role":"assistant","audio":{"id":"a"}})");
  EXPECT_EQ(answer.error.param, "messages[1].audio");
}

TEST(AnthropicBlocks, EndTheCacheWhereAMessageIsMarkedBesideItsContent) {
  const char* mark = R"("cache_control":{"type":"ephemeral","ttl":"1h"})";
  const Json sent = parse(R"({"type":"ephemeral","ttl":"1h"})");
  const Encoded encoded = encode_messages(
      kBudgetModel, R"({"role":"system","content":"s",)" + std::string(mark) +
                        R"(},{"role":"user","content":[{"type":"text","text":"a"},{"type":"text","text":"b"}],)" +
                        mark +
                        R"(},{"role":"assistant","content":"","tool_calls":[{"id":"c","type":"function",
                            "function":{"name":"f","arguments":"{}"},)" +
                        mark + R"(}]},{"role":"tool","tool_call_id":"c","content":"",)" + mark + "}");
  ASSERT_TRUE(encoded.good) << encoded.error.message;
  EXPECT_EQ(encoded.body["system"][0]["cache_control"], sent);
  const Json& turns = encoded.body["messages"];
  EXPECT_FALSE(turns[0]["content"][0].contains("cache_control"));
  EXPECT_EQ(turns[0]["content"][1]["cache_control"], sent);
  EXPECT_EQ(turns[1]["content"][0]["cache_control"], sent);
  EXPECT_EQ(turns[2]["content"][0]["cache_control"], sent);
  EXPECT_TRUE(encoded.dropped.empty());
}

TEST(AnthropicBlocks, EndTheCacheAtTheLastCallOfAMarkedMessage) {
  const Encoded encoded = encode_messages(kBudgetModel, R"({"role":"assistant","content":"t","cache_control":true,
      "tool_calls":[{"id":"c","type":"function","function":{"name":"f","arguments":"{}"}}]})");
  EXPECT_EQ(encoded.body["messages"][0]["content"][1]["cache_control"], parse(R"({"type":"ephemeral"})"));
}

TEST(AnthropicBlocks, NameAMarkThatNothingCanCarry) {
  EXPECT_EQ(encode_messages(kBudgetModel, R"({"role":"user","content":"a"},
                {"role":"user","content":" ","cache_control":{"type":"ephemeral"}})")
                .dropped,
            Names{"messages[].cache_control"});
}

}  // namespace
}  // namespace onellm::dialects::anthropic_messages
