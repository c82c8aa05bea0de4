// Reasoning on its way back to the model that it came from.
#include "dialects/openai_responses/request/messages/past_reasoning.h"

#include <gtest/gtest.h>

#include "chat/answer/answer.h"
#include "dialects/openai_chat/dialect.h"
#include "dialects/openai_responses/reply/whole.h"
#include "dialects/openai_responses/request_support.h"

namespace onellm::dialects::openai_responses {
namespace {

std::string item_of(const std::string& id) {
  return R"({"type":"reasoning","id":")" + id +
         R"(","summary":[{"type":"summary_text","text":"\"ü\"\n"}],"encrypted_content":"gAAA"})";
}

const std::string kCalls = R"("tool_calls":[{"id":"a","type":"function","function":{"name":"f","arguments":"{}"}},)"
                           R"({"id":"b","type":"function","function":{"name":"g","arguments":"{}"}}])";

// An item as its block in `thinking_blocks`.
std::string block_of(const std::string& item, const std::string& after = "", const std::string& model = "gpt-5.6") {
  const nlohmann::json data = item;
  return R"({"type":"redacted_thinking","data":)" + data.dump() + R"(,"model":")" + model + '"' + after + "}";
}

// The types of the items that a message of the assistant becomes, or the ids of reasoning.
std::string order(const std::string& members, const std::string& blocks) {
  const Sent sent = send_messages(R"({"role":"assistant",)" + members + R"(,"thinking_blocks":[)" + blocks + "]}");
  std::string out;
  for (const auto& item : sent["input"]) {
    if (!out.empty()) out += ' ';
    out += item["type"] == "reasoning" ? item["id"] : item["type"] == "message" ? "text" : item["call_id"];
  }
  return out;
}

TEST(OpenAiResponsesReasoning, GoesBackAsItWas) {
  const Sent sent =
      send_messages(R"({"role":"assistant",)" + kCalls + R"(,"thinking_blocks":[)" + block_of(item_of("rs")) + "]}");
  EXPECT_EQ(sent["input"][0], parse(item_of("rs")));
  EXPECT_TRUE(sent.dropped.empty());
}

TEST(OpenAiResponsesReasoning, GoesBackOnlyToThePlaceThatSealedIt) {
  EncodeOptions east = to_openai();
  east.host.place = "east";
  const auto sent_to_east = [&](const std::string& origin) {
    const std::string blocks = R"(,"thinking_blocks":[)" + block_of(item_of("rs"), "", origin) + "]}";
    return send_messages(R"({"role":"assistant",)" + kCalls + blocks, east)["input"][0]["type"];
  };
  EXPECT_EQ(sent_to_east("east/gpt-5.6"), "reasoning");
  EXPECT_EQ(sent_to_east("west/gpt-5.6"), "function_call");
  EXPECT_EQ(sent_to_east("gpt-5.6"), "function_call");
}

TEST(OpenAiResponsesReasoning, StandsWhereItStood) {
  const std::string text = R"("content":"t",)" + kCalls;
  EXPECT_EQ(order(text, block_of(item_of("rs"))), "rs text a b");
  EXPECT_EQ(order(text, block_of(item_of("rs"), R"(,"after":{"text":true})")), "text rs a b");
  EXPECT_EQ(order(text, block_of(item_of("rs"), R"(,"after":{"text":true,"tool_calls":1})")), "text a rs b");
  EXPECT_EQ(order(text, block_of(item_of("r1")) + "," + block_of(item_of("r2"), R"(,"after":{"tool_calls":1})")),
            "r1 a r2 text b");
  EXPECT_EQ(order(R"("content":"t")", block_of(item_of("rs"))), "rs text");
}

TEST(OpenAiResponsesReasoning, IsLeftOutWhereNothingFollowsIt) {
  EXPECT_EQ(order(R"("content":"t")", block_of(item_of("rs"), R"(,"after":{"text":true})")), "text");
  EXPECT_EQ(order(kCalls, block_of(item_of("rs"), R"(,"after":{"tool_calls":2})")), "a b");
  EXPECT_EQ(order(R"("content":"")", block_of(item_of("rs"))), "");
}

TEST(OpenAiResponsesReasoning, IsForTheModelThatItIsOf) {
  for (const char* model : {"gpt-5.5", "claude-opus-4-5", ""}) {
    EXPECT_EQ(order(kCalls, block_of(item_of("rs"), "", model)), "a b") << model;
  }
}

TEST(OpenAiResponsesReasoning, IsNothingThatSomebodyMadeUp) {
  for (const std::string& item :
       {std::string(R"({"type":"message","encrypted_content":"g"})"), std::string(R"({"type":"reasoning","id":"rs"})"),
        std::string(R"({"type":"reasoning","encrypted_content":""})"), std::string(R"([1])"), std::string("gAAA"),
        std::string(), item_of("rs") + ",", std::string(200, '[')}) {
    EXPECT_EQ(order(kCalls, block_of(item)), "a b") << item;
  }
  EXPECT_EQ(order(kCalls, R"({"type":"thinking","thinking":"t","signature":"s","model":"gpt-5.6"})"), "a b");
}

// What the client gets is what it may send.
TEST(OpenAiResponsesReasoning, MakesTheRoundTrip) {
  chat::Answer answer;
  decode_reply(R"({"id":"r","model":"gpt-5.6-2026-05-01","status":"completed","output":[)" + item_of("r1") +
                   R"(,{"type":"message","content":[{"type":"output_text","text":"t"}]},)"
                   R"({"type":"function_call","call_id":"a","name":"f","arguments":"{}"},)" +
                   item_of("r2") + R"(,{"type":"function_call","call_id":"b","name":"g","arguments":"{}"}]})",
               {.model = "gpt-5.6", .text_tool = ""}, answer);
  ASSERT_TRUE(answer.completed);
  std::string reply;
  openai_chat::dialect().encode_reply(answer, {}, reply);
  const Sent sent = send_messages(parse(reply)["choices"][0]["message"].dump());
  ASSERT_EQ(sent["input"].size(), 5u) << sent.text;
  EXPECT_EQ(sent["input"][0], parse(item_of("r1")));
  EXPECT_EQ(sent["input"][1]["type"], "message");
  EXPECT_EQ(sent["input"][2]["call_id"], "a");
  EXPECT_EQ(sent["input"][3], parse(item_of("r2")));
  EXPECT_EQ(sent["input"][4]["call_id"], "b");
}

}  // namespace
}  // namespace onellm::dialects::openai_responses
