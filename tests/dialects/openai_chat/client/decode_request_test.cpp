#include "dialects/openai_chat/client/decode_request.h"

#include <gtest/gtest.h>

#include "dialects/request_support.h"

namespace onellm::dialects::openai_chat {
namespace {

using chat::PartKind;
using chat::Role;
using chat::ToolChoiceKind;

TEST(OpenAiChatRequest, DecodesEveryFixture) {
  for (const RequestFixture& fixture : all_request_fixtures()) {
    const DecodedBody decoded = decode(fixture.text);
    EXPECT_TRUE(decoded.request.has_value()) << fixture.name << ": " << decoded.error.message;
  }
}

TEST(OpenAiChatRequest, ReadsThePlainestRequest) {
  const DecodedBody decoded = decode_good(request_fixture("plain.json").text);
  EXPECT_EQ(decoded->model, "gpt-4o");
  EXPECT_FALSE(decoded->stream);
  EXPECT_EQ(decoded->n, 1u);
  ASSERT_EQ(decoded->messages.size(), 1u);
  const chat::Message& message = decoded->messages[0];
  EXPECT_EQ(message.role, Role::kUser);
  EXPECT_TRUE(message.has_content);
  EXPECT_TRUE(message.content_is_text);
  ASSERT_EQ(message.parts.size(), 1u);
  EXPECT_EQ(message.parts[0].text.text, "Say hello.");
}

TEST(OpenAiChatRequest, KeepsViewsIntoTheBody) {
  const DecodedBody decoded = decode_good(request_fixture("plain.json").text);
  const std::string_view body = decoded.body->text();
  const std::string_view text = decoded->messages[0].parts[0].text.text;
  EXPECT_GE(text.data(), body.data());
  EXPECT_LE(text.data() + text.size(), body.data() + body.size());
}

TEST(OpenAiChatRequest, KeepsTheDigitsOfParametersInTheirOrder) {
  const DecodedBody decoded = decode_good(request_fixture("streamed.json").text);
  EXPECT_TRUE(decoded->stream);
  ASSERT_EQ(decoded->parameters.size(), 3u);
  EXPECT_EQ(decoded->parameters[0].name, "temperature");
  EXPECT_EQ(decoded->parameters[0].value.text, "0.70000000000000001");
  EXPECT_EQ(decoded->parameter("max_tokens").text, "64");
  EXPECT_EQ(decoded->parameter("stop").text, R"(["\n\n", "END"])");
  EXPECT_TRUE(decoded->parameter("seed").empty());
  EXPECT_EQ(decoded->messages[1].name.text, "ada");
}

TEST(OpenAiChatRequest, KeepsUnknownKeysApart) {
  const DecodedBody decoded = decode_good(request_fixture("unknown_keys.json").text);
  ASSERT_EQ(decoded->parameters.size(), 1u);
  EXPECT_EQ(decoded->parameter("seed").text, "9007199254740993");
  std::vector<std::string> names;
  for (const chat::Parameter& unknown : decoded->unknown) names.emplace_back(unknown.name);
  EXPECT_EQ(names, (std::vector<std::string>{"top_k", "min_p", "repetition_penalty", "provider", "key"}));
  EXPECT_EQ(decoded->unknown[1].value.text, "1e-2");
  EXPECT_EQ(decoded->unknown[4].value.text, R"([1,2.50,{"deep":null}])");
}

TEST(OpenAiChatRequest, AcceptsEveryParameterAtItsBound) {
  const DecodedBody decoded = decode_good(request_fixture("every_parameter.json").text);
  EXPECT_EQ(decoded->n, 2u);
  EXPECT_TRUE(decoded->include_usage);
  EXPECT_TRUE(decoded->unknown.empty());
  EXPECT_EQ(decoded->parameters.size(), 27u);
  EXPECT_EQ(decoded->response_format.kind, chat::ResponseFormatKind::kJsonSchema);
  EXPECT_EQ(decoded->response_format.name.text, "answer");
  EXPECT_EQ(decoded->response_format.schema.text, R"({"type":"object"})");
  EXPECT_FALSE(decoded->response_format.strict.has_value());
  EXPECT_EQ(decoded->tool_choice.kind, ToolChoiceKind::kAllowed);
  EXPECT_TRUE(decoded->tool_choice.required);
  ASSERT_EQ(decoded->tool_choice.allowed.size(), 1u);
  EXPECT_EQ(decoded->tool_choice.allowed[0].text, "f");
}

TEST(OpenAiChatRequest, TakesNullForAbsentEverywhere) {
  const DecodedBody decoded = decode_good(request_fixture("nulls.json").text);
  EXPECT_TRUE(decoded->parameters.empty());
  EXPECT_TRUE(decoded->unknown.empty());
  EXPECT_TRUE(decoded->tools.empty());
  EXPECT_EQ(decoded->tool_choice.kind, ToolChoiceKind::kUnset);
  EXPECT_FALSE(decoded->stream);
  EXPECT_EQ(decoded->n, 1u);
  EXPECT_TRUE(decoded->messages[0].extra.empty());
}

TEST(OpenAiChatRequest, ReadsEveryKindOfPart) {
  const DecodedBody decoded = decode_good(request_fixture("parts.json").text);
  ASSERT_EQ(decoded->messages.size(), 4u);
  EXPECT_EQ(decoded->messages[0].role, Role::kDeveloper);
  EXPECT_TRUE(decoded->messages[0].parts[0].cache_breakpoint);
  const std::vector<chat::Part>& parts = decoded->messages[1].parts;
  ASSERT_EQ(parts.size(), 6u);
  EXPECT_FALSE(decoded->messages[1].content_is_text);
  EXPECT_EQ(json::unescape(parts[0].text), "What is this? \xF0\x9F\x91\x80");
  EXPECT_FALSE(parts[0].cache_breakpoint);
  EXPECT_EQ(parts[1].kind, PartKind::kImage);
  EXPECT_EQ(json::unescape(parts[1].url), "https://example.org/cat.png");
  EXPECT_EQ(parts[1].detail.text, "low");
  EXPECT_EQ(parts[2].url.text, "data:image/png;base64,iVBORw0KGgo=");
  EXPECT_EQ(parts[3].kind, PartKind::kAudio);
  EXPECT_EQ(parts[3].data.text, "UklGRg==");
  EXPECT_EQ(parts[3].format.text, "wav");
  EXPECT_EQ(parts[4].kind, PartKind::kFile);
  EXPECT_EQ(parts[4].filename.text, "a.pdf");
  EXPECT_EQ(parts[4].data.text, "data:application/pdf;base64,JVBERi0=");
  EXPECT_EQ(parts[5].file_id.text, "file-abc");
  EXPECT_EQ(decoded->messages[2].parts[0].kind, PartKind::kRefusal);
  EXPECT_EQ(decoded->messages[2].parts[0].text.text, "I cannot say.");
}

TEST(OpenAiChatRequest, ReadsToolsAndTheirCalls) {
  const DecodedBody decoded = decode_good(request_fixture("tool_turns.json").text);
  ASSERT_EQ(decoded->tools.size(), 2u);
  EXPECT_EQ(decoded->tools[0].name.text, "weather");
  EXPECT_EQ(decoded->tools[0].strict, true);
  EXPECT_EQ(decoded->tools[0].parameters.text, R"({"type":"object","properties":{"city":{"type":"string"}}})");
  EXPECT_TRUE(decoded->tools[1].custom);
  EXPECT_EQ(decoded->tools[1].name.text, "sql");
  EXPECT_FALSE(decoded->tools[1].format.empty());
  EXPECT_EQ(decoded->tool_choice.kind, ToolChoiceKind::kNamed);
  EXPECT_EQ(decoded->tool_choice.name.text, "weather");

  const std::vector<chat::ToolCall>& calls = decoded->messages[1].tool_calls;
  EXPECT_FALSE(decoded->messages[1].has_content);
  ASSERT_EQ(calls.size(), 3u);
  EXPECT_EQ(calls[0].id.text, "call_1");
  EXPECT_EQ(json::unescape(calls[0].arguments), R"({"city":"Rome"})");
  EXPECT_EQ(calls[1].name.text, "weather");
  EXPECT_TRUE(calls[1].arguments.empty());
  EXPECT_EQ(calls[1].arguments_object.text, R"({"city":"Oslo"})");
  EXPECT_EQ(calls[1].signature.text, "c2ln");
  EXPECT_TRUE(calls[2].custom);
  EXPECT_EQ(calls[2].arguments.text, "select 1");
  EXPECT_EQ(decoded->messages[2].tool_call_id.text, "call_1");
  EXPECT_EQ(decoded->messages[3].role, Role::kTool);
}

TEST(OpenAiChatRequest, PutsUnknownMembersOfAMessageTogether) {
  const DecodedBody decoded = decode_good(request_fixture("tool_turns.json").text);
  // In the fixture a null member stands between the two.
  EXPECT_EQ(decoded->messages[5].extra.text, R"("audio":{"id":"a"},"mood":"warm")");
}

TEST(OpenAiChatRequest, ReadsTheReasoningThatAClientEchoes) {
  const DecodedBody decoded = decode_good(R"({"model":"m","messages":[{"role":"assistant","reasoning_content":"Hm",
      "extra_content":{"google":{"thought_signature":"sig"}},"thinking_blocks":[
      {"type":"thinking","thinking":"Hm","signature":"s1","model":"claude-x","after":{"tool_calls":2,"text":true}},
      {"type":"thinking","thinking":"Hm","signature":"s1","model":"claude-x","after":{"tool_calls":2,"text":true}},
      {"type":"redacted_thinking","data":"abc"},{"type":"other"},7]}]})");
  const chat::Message& message = decoded->messages[0];
  EXPECT_EQ(message.reasoning.text, "Hm");
  EXPECT_EQ(message.signature.text, "sig");
  ASSERT_EQ(message.thinking_blocks.size(), 2u);
  EXPECT_EQ(message.thinking_blocks[0].text.text, "Hm");
  EXPECT_EQ(message.thinking_blocks[0].signature.text, "s1");
  EXPECT_EQ(message.thinking_blocks[0].model.text, "claude-x");
  EXPECT_EQ(message.thinking_blocks[0].calls_before, 2u);
  EXPECT_EQ(message.thinking_blocks[0].text_before, chat::ThinkingBlock::kAllText);
  EXPECT_TRUE(message.thinking_blocks[1].redacted);
  EXPECT_EQ(message.thinking_blocks[1].text.text, "abc");
}

TEST(OpenAiChatRequest, KeepsUnknownMembersSideBySideAsOneView) {
  const DecodedBody decoded =
      decode_good(R"({"model":"m","messages":[{"role":"assistant","a":1 , "b":[2],"content":"hi"}]})");
  EXPECT_EQ(decoded->messages[0].extra.text, R"("a":1 , "b":[2])");
  EXPECT_EQ(decoded->kept, nullptr);
}

TEST(OpenAiChatRequest, KeepsTheTextOfCopiesAlive) {
  DecodedBody decoded =
      decode_good(R"({"model":"m","messages":[{"a":1,"role":"assistant","b":2,"content":"hi"}],"\u0061b":3})");
  const chat::Request copy = *decoded.request;
  decoded.request.reset();
  EXPECT_EQ(copy.messages[0].extra.text, R"("a":1,"b":2)");
  EXPECT_EQ(copy.unknown[0].name, "ab");
}

TEST(OpenAiChatRequest, ReadsTheOlderFormOfTools) {
  const DecodedBody decoded = decode_good(request_fixture("legacy_functions.json").text);
  ASSERT_EQ(decoded->functions.size(), 1u);
  EXPECT_EQ(decoded->functions[0].name.text, "add");
  EXPECT_EQ(decoded->tool_choice.kind, ToolChoiceKind::kNamed);
  EXPECT_EQ(decoded->tool_choice.name.text, "add");
  ASSERT_TRUE(decoded->messages[1].function_call.has_value());
  EXPECT_EQ(decoded->messages[1].function_call->name.text, "add");
  EXPECT_TRUE(decoded->messages[1].function_call->arguments.empty());
  EXPECT_EQ(decoded->messages[2].role, Role::kFunction);
}

TEST(OpenAiChatRequest, ReadsEveryToolChoice) {
  struct Case {
    const char* member;
    ToolChoiceKind kind;
  };
  const Case cases[] = {
      {R"("tool_choice":"none")", ToolChoiceKind::kNone},
      {R"("tool_choice":"auto")", ToolChoiceKind::kAuto},
      {R"("tool_choice":"required")", ToolChoiceKind::kRequired},
      {R"("tool_choice":{"custom":{"name":"c"},"type":"custom"})", ToolChoiceKind::kNamed},
      {R"("function_call":"none")", ToolChoiceKind::kNone},
      {R"("function_call":"auto")", ToolChoiceKind::kAuto},
      {R"("function_call":{"name":"f"},"tool_choice":"auto")", ToolChoiceKind::kAuto},
  };
  for (const Case& c : cases) EXPECT_EQ(decode_good(body_with(c.member))->tool_choice.kind, c.kind) << c.member;
}

TEST(OpenAiChatRequest, ReadsTheGatewaysOwnOptions) {
  const DecodedBody decoded =
      decode_good(body_with(R"("onellm":{"merge":"never heard of","strict":false,"lane":"translated"})"));
  EXPECT_EQ(decoded->options.merge, "never heard of");  // Its words are the gateway's to judge.
  EXPECT_EQ(decoded->options.strict, false);
  EXPECT_EQ(decoded->options.lane, "translated");
}

TEST(OpenAiChatRequest, ReadsKeysWithEscapes) {
  const DecodedBody decoded = decode_good(request_fixture("escaped_keys.json").text);
  EXPECT_EQ(decoded->model, "gpt-4o");
  EXPECT_TRUE(decoded->stream);
  EXPECT_EQ(decoded->options.merge, "race");
  EXPECT_EQ(decoded->messages[0].role, Role::kUser);
}

TEST(OpenAiChatRequest, NotesWhereEveryTopLevelMemberStands) {
  const DecodedBody decoded = decode_good(request_fixture("options_last.json").text);
  ASSERT_EQ(decoded->source.members.size(), 4u);
  EXPECT_EQ(decoded->source.members[0].key, "model");
  EXPECT_EQ(decoded->source.members[0].member, R"("model" : "gpt-4o")");
  EXPECT_EQ(decoded->source.members[0].value, R"("gpt-4o")");
  EXPECT_EQ(decoded->source.members[2].value, R"([ { "role" : "user" , "content" : "hi" } ])");
  EXPECT_EQ(decoded->source.members[3].member, R"("onellm" : { "lane" : "translated" })");
}

TEST(OpenAiChatRequest, ToleratesWhatClientsSend) {
  const char* messages[] = {
      R"({"role":"assistant","content":""})",
      R"({"role":"user","content":"hi","tool_calls":[]})",
      R"({"role":"assistant","tool_calls":[{"id":"1","function":{"name":"f"}}]})",
      R"({"role":"assistant","tool_calls":[{"id":"1","custom":{"name":"f"}}]})",
      R"({"role":"assistant","reasoning_content":"I think"})",
      R"({"role":"assistant","audio":{"id":"audio_1"}})",
      R"({"role":"function","name":"f","content":null})",
      R"({"role":"tool","tool_call_id":"1","content":[{"type":"image_url","image_url":{"url":"data:,"}}]})",
      R"({"role":"user","content":[{"type":"text","text":"","cache_control":{"type":"ephemeral"}}]})",
  };
  for (const char* message : messages) {
    const DecodedBody decoded = decode(R"({"model":"m","messages":[)" + std::string(message) + "]}");
    EXPECT_TRUE(decoded.request.has_value()) << message << ": " << decoded.error.message;
  }
}

}  // namespace
}  // namespace onellm::dialects::openai_chat
