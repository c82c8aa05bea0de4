// Whole replies against tests/fixtures/anthropic_messages/replies.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "base/limits.h"
#include "chat/answer/answer.h"
#include "dialects/anthropic_messages/reply/stream.h"
#include "dialects/anthropic_messages/reply/whole.h"
#include "dialects/openai_chat/dialect.h"
#include "support/transcript.h"

namespace onellm::dialects::anthropic_messages {
namespace {

using Json = nlohmann::json;

class EveryMessagesReply : public testing::TestWithParam<test::Transcript> {
 protected:
  [[nodiscard]] std::string reply() const { return GetParam().blocks.at("reply"); }
  [[nodiscard]] ReplyContext context() const {
    const auto tool = GetParam().blocks.find("text_tool");
    const bool has_tool = tool != GetParam().blocks.end();
    return {.model = "claude-asked", .text_tool = has_tool ? tool->second.substr(0, tool->second.size() - 1) : ""};
  }
};
INSTANTIATE_TEST_SUITE_P(Anthropic, EveryMessagesReply,
                         testing::ValuesIn(test::read_transcripts("anthropic_messages/replies")),
                         [](const auto& test) { return test.param.name; });

TEST_P(EveryMessagesReply, GivesTheEventsOfItsTranscript) {
  test::Recorder recorder;
  decode_reply(reply(), context(), recorder);
  EXPECT_EQ(recorder.text(), GetParam().blocks.at("events"));
}

TEST_P(EveryMessagesReply, FailsWhereItIsCutShort) {
  const std::string text = reply();
  for (size_t bytes = 0; bytes + 1 < text.size(); ++bytes) {
    chat::Answer answer;
    decode_reply(text.substr(0, bytes), context(), answer);
    ASSERT_TRUE(answer.error.has_value()) << "cut at byte " << bytes;
    ASSERT_FALSE(answer.completed) << "cut at byte " << bytes;
  }
}

std::string event(const Json& data) { return "data: " + data.dump() + "\n\n"; }

// The deltas that bring a block's content, in two pieces where it is text.
std::string deltas_of(const Json& block, size_t index) {
  std::string out;
  const auto add = [&](const char* type, const char* key, const std::string& text) {
    for (const std::string& piece : {text.substr(0, text.size() / 2), text.substr(text.size() / 2)}) {
      out += event({{"type", "content_block_delta"}, {"index", index}, {"delta", {{"type", type}, {key, piece}}}});
    }
  };
  const std::string type = block.value("type", "");
  if (type == "text") add("text_delta", "text", block.value("text", ""));
  if (type == "thinking") add("thinking_delta", "thinking", block.value("thinking", ""));
  if (type == "tool_use") add("input_json_delta", "partial_json", block.value("input", Json::object()).dump());
  return out;
}

// The stream in which Anthropic would send the message.
std::string as_stream(const Json& message) {
  Json head = message;
  head["content"] = Json::array();
  head.erase("stop_reason");
  std::string out = event({{"type", "message_start"}, {"message", head}});
  size_t index = 0;
  for (const Json& block : message.value("content", Json::array())) {
    Json begin = block;
    for (const char* streamed : {"text", "thinking"}) {
      if (begin.contains(streamed)) begin[streamed] = "";
    }
    if (begin.value("type", "") == "tool_use") begin["input"] = Json::object();
    out += event({{"type", "content_block_start"}, {"index", index}, {"content_block", begin}});
    out += deltas_of(block, index);
    out += event({{"type", "content_block_stop"}, {"index", index++}});
  }
  out += event({{"type", "message_delta"},
                {"delta",
                 {{"stop_reason", message.value("stop_reason", Json())},
                  {"stop_details", message.value("stop_details", Json())}}},
                {"usage", message.value("usage", Json::object())}});
  return out + event({{"type", "message_stop"}});
}

TEST_P(EveryMessagesReply, SaysTheSameAsAStream) {
  const Json message = Json::parse(reply(), nullptr, false);
  chat::Answer whole;
  decode_reply(reply(), context(), whole);
  if (whole.error) return;
  chat::Answer streamed;
  MessageStreamDecoder decoder(context());
  decoder.push(as_stream(message), streamed);
  decoder.end(streamed);
  std::string whole_json;
  std::string streamed_json;
  openai_chat::dialect().encode_reply(whole, {}, whole_json);
  openai_chat::dialect().encode_reply(streamed, {}, streamed_json);
  EXPECT_EQ(streamed_json, whole_json);
}

TEST(AnthropicReply, LimitsTheNumberOfToolCalls) {
  std::string content;
  for (size_t call = 0; call <= kToolCallsMax; ++call) {
    content += std::string(call == 0 ? "" : ",") + R"({"type":"tool_use","id":"c","name":"f","input":{}})";
  }
  test::Recorder recorder;
  decode_reply(R"({"type":"message","id":"a","content":[)" + content + "]}", {}, recorder);
  EXPECT_EQ(recorder.lines.back(),
            "failed 502 server_error upstream_bad_reply The provider's reply has too many tool calls.");
}

}  // namespace
}  // namespace onellm::dialects::anthropic_messages
