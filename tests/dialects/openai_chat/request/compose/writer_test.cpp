// What is written of requests that clients of other dialects send.
#include "dialects/openai_chat/request/compose/writer.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "dialects/foreign_request.h"
#include "dialects/openai_chat/request_encoder_support.h"

namespace onellm::dialects::openai_chat {
namespace {

using chat::Role;
using Json = nlohmann::json;
using Names = std::vector<std::string>;

struct Written {
  Json body;
  Names dropped;
  Error error;
};

Written write(const chat::Request& request, const EncodeOptions& options) {
  Result<EncodedRequest> encoded = encode_request(request, with_contract(options));
  if (!encoded) return {nullptr, {}, encoded.error()};
  return {Json::parse(encoded->body.flat()), encoded->dropped, {}};
}

EncodeOptions openai(const char* model) { return {.model = model, .host = {.mapping = HostMapping::kOpenAi}}; }
EncodeOptions host(HostRules rules = {}) {
  rules.mapping = HostMapping::kCompatible;
  return {.model = "llama", .host = rules};
}

TEST(ComposedMessages, JoinBlocksOfInstructionsAndOfResults) {
  chat::Request request = messages_request();
  request.messages.insert(request.messages.begin(), message_of(Role::kSystem, {text_part("A"), marked_part("B")}));
  request.messages.push_back(message_of(Role::kAssistant, {text_part("Look.")}));
  chat::ToolCall& call = request.messages.back().tool_calls.emplace_back();
  call.id = {"toolu_1"};
  call.name = {"f"};
  call.arguments_object = {R"({"at": [1, 2]})"};
  request.messages.push_back(message_of(Role::kTool, {text_part("one"), text_part("two")}));
  request.messages.back().tool_call_id = {"toolu_1"};
  request.messages.back().is_error = true;
  const Written written = write(request, host());
  EXPECT_EQ(written.dropped, Names());
  EXPECT_EQ(written.body["messages"], Json::parse(R"([
    {"role":"system","content":"A\n\nB"},
    {"role":"user","content":"hi"},
    {"role":"assistant","content":"Look.","tool_calls":[
      {"id":"toolu_1","type":"function","function":{"name":"f","arguments":"{\"at\":[1,2]}"}}]},
    {"role":"tool","tool_call_id":"toolu_1","content":"one\ntwo"}])"));
}

TEST(ComposedMessages, SayNothingWithAnEmptyText) {
  chat::Request request = messages_request();
  request.messages.push_back(message_of(Role::kAssistant, {}));
  request.messages.push_back(message_of(Role::kTool, {}));
  EXPECT_EQ(write(request, host()).body["messages"][1]["content"], "");
  EXPECT_EQ(write(request, host()).body["messages"][2],
            Json::parse(R"({"role":"tool","tool_call_id":"","content":""})"));
}

TEST(ComposedMessages, HaveImagesAndFilesAsDataUrls) {
  chat::Request request = messages_request();
  chat::Part image;
  image.kind = chat::PartKind::kImage;
  image.media_type = {"image/png"};
  image.data = {"iVBORw0KGgo="};
  chat::Part file;
  file.kind = chat::PartKind::kFile;
  file.media_type = {"application/pdf"};
  file.data = {"JVBERi0="};
  file.filename = {"a.pdf"};
  request.messages[0].parts = {image, file};
  EXPECT_EQ(write(request, host()).body["messages"][0]["content"], Json::parse(R"([
    {"type":"image_url","image_url":{"url":"data:image/png;base64,iVBORw0KGgo="}},
    {"type":"file","file":{"filename":"a.pdf","file_data":"data:application/pdf;base64,JVBERi0="}}])"));

  request.messages[0].parts[1].data = {};
  request.messages[0].parts[1].url = {"https://a.example/a.pdf"};
  const Error error = write(request, host()).error;
  EXPECT_EQ(error.param, "messages[0].content[1].file");
  EXPECT_EQ(status_of(error), 400);
}

TEST(ComposedMessages, MovePicturesOutOfResultsLikeOthers) {
  chat::Request request = messages_request();
  chat::Part image;
  image.kind = chat::PartKind::kImage;
  image.url = {"https://a.example/1.png"};
  request.messages.push_back(message_of(Role::kAssistant, {}));
  chat::ToolCall& call = request.messages.back().tool_calls.emplace_back();
  call.id = {"a"};
  call.name = {"f"};
  request.messages.push_back(message_of(Role::kTool, {image}));
  request.messages.back().tool_call_id = {"a"};
  const Json messages = write(request, openai("gpt-4o")).body["messages"];
  ASSERT_EQ(messages.size(), 4u);
  EXPECT_EQ(messages[3]["role"], "user");
  EXPECT_EQ(messages[3]["content"][1]["image_url"]["url"], "https://a.example/1.png");
}

TEST(ComposedMessages, HaveTheNewRoleOfInstructionsAnywhere) {
  chat::Request request = messages_request();
  request.messages.push_back(message_of(Role::kDeveloper, {text_part("Be brief.")}));
  EXPECT_EQ(write(request, host()).body["messages"][1]["role"], "system");
  EXPECT_EQ(write(request, openai("o3")).body["messages"][1]["role"], "developer");
}

TEST(ComposedMessages, LeaveSignedThinkingOutAndNameIt) {
  chat::Request request = messages_request();
  request.messages.push_back(message_of(Role::kAssistant, {text_part("Well.")}));
  request.messages.back().thinking_blocks.push_back({.text = {"Hm"}, .signature = {"s"}, .model = {}});
  const Written written = write(request, host());
  EXPECT_EQ(written.body["messages"][1], Json::parse(R"({"role":"assistant","content":"Well."})"));
  EXPECT_EQ(written.dropped, Names{"messages[].thinking_blocks"});
}

TEST(ComposedMessages, GiveBackTheReasoningThatAHostSent) {
  chat::Request request = messages_request();
  request.messages.push_back(message_of(Role::kAssistant, {text_part("Well.")}));
  request.messages.back().reasoning = {"Hm"};
  EXPECT_EQ(write(request, host()).body["messages"][1]["reasoning_content"], "Hm");
  EXPECT_FALSE(write(request, openai("gpt-4o")).body["messages"][1].contains("reasoning_content"));
}

TEST(ComposedMessages, LeaveForeignPartsOutAndNameThem) {
  chat::Request request = messages_request();
  chat::Part foreign;
  foreign.kind = chat::PartKind::kForeign;
  foreign.raw = {R"({"type":"server_tool_use","id":"a"})"};
  foreign.left_out_as = "server_tool_use";
  request.messages.push_back(message_of(Role::kAssistant, {foreign}));
  request.messages.push_back(message_of(Role::kUser, {text_part("so?"), foreign}));
  request.source.left_out = {"diagnostics"};
  const Written written = write(request, host());
  EXPECT_EQ(written.dropped, (Names{"diagnostics", "server_tool_use"}));
  EXPECT_EQ(written.body["messages"],
            Json::parse(R"([{"role":"user","content":"hi"},{"role":"user","content":"so?"}])"));
  EncodeOptions strict = host();
  strict.strict = true;
  EXPECT_EQ(write(request, strict).error.param, "diagnostics");
}

TEST(ComposedCacheMarks, AreBreakpointsForModelsThatHaveThemAndElsewhereNothing) {
  chat::Request request = messages_request();
  request.messages.insert(request.messages.begin(), message_of(Role::kSystem, {text_part("A"), marked_part("B")}));
  request.tools = {function_tool("f")};
  request.tools[0].cache_control = {R"({"type":"ephemeral"})"};
  request.unknown.push_back({.name = "cache_control", .value = {R"({"type":"ephemeral"})"}});
  const Written newer = write(request, openai("gpt-5.6-sol"));
  EXPECT_EQ(newer.dropped, Names());
  const Json parts = newer.body["messages"][0]["content"];
  EXPECT_FALSE(parts[0].contains("prompt_cache_breakpoint"));
  EXPECT_EQ(parts[1]["prompt_cache_breakpoint"], Json::parse(R"({"mode":"explicit"})"));
  for (const EncodeOptions& options : {openai("gpt-4o"), openai("gpt-99"), host()}) {
    const Written written = write(request, options);
    EXPECT_EQ(written.dropped, Names()) << options.model;
    EXPECT_EQ(written.body["messages"][0]["content"], "A\n\nB") << options.model;
    EXPECT_EQ(written.body.dump().find("cache_control"), std::string::npos) << options.model;
  }
}

TEST(ComposedCacheMarks, ChangeNothingElseWhenTheyMove) {
  chat::Request before = messages_request();
  before.messages[0].parts = {marked_part("hi")};
  chat::Request after = messages_request();
  EXPECT_EQ(write(before, host()).body, write(after, host()).body);
  Json marked = write(before, openai("gpt-5.6-sol")).body;
  EXPECT_EQ(marked["messages"][0]["content"][0].erase("prompt_cache_breakpoint"), 1u);
  EXPECT_EQ(marked, write(after, openai("gpt-5.6-sol")).body);
}

TEST(ComposedTools, AreLeftOutAndNamedIfTheClientCanDoWithout) {
  chat::Request request = messages_request();
  request.tools = {function_tool("f"),
                   hosted_tool(chat::HostedTool::kWebSearch, R"("type":"web_search_20250305")", "tools.web_search")};
  const Written written = write(request, host());
  EXPECT_EQ(written.dropped, Names{"tools.web_search"});
  ASSERT_EQ(written.body["tools"].size(), 1u);
  EXPECT_EQ(written.body["tools"][0]["function"]["name"], "f");

  request.tools.erase(request.tools.begin());
  EXPECT_FALSE(write(request, host()).body.contains("tools"));
  request.tool_choice.kind = chat::ToolChoiceKind::kAuto;
  EXPECT_FALSE(write(request, host()).body.contains("tool_choice"));
  for (const auto kind : {chat::ToolChoiceKind::kRequired, chat::ToolChoiceKind::kHosted}) {
    request.tool_choice.kind = kind;
    EXPECT_EQ(write(request, host()).error.param, "tool_choice");
  }
}

TEST(ComposedParameters, OfOtherApisAreNamedUnlessTheHostTakesThem) {
  static const std::vector<std::string> kPass = {"top_k"};
  chat::Request request = messages_request();
  request.parameters.push_back({.name = "max_tokens", .value = {"100"}});
  request.unknown.push_back({.name = "top_k", .value = {"40"}});
  request.unknown.push_back({.name = "context_management", .value = {"{}"}});
  EXPECT_EQ(write(request, host()).dropped, (Names{"top_k", "context_management"}));
  EXPECT_EQ(write(request, host({.pass = kPass})).dropped, Names{"context_management"});
  EXPECT_EQ(write(request, host({.pass = kPass})).body["top_k"], 40);
  EXPECT_EQ(write(request, openai("o3")).body["max_completion_tokens"], 100);
}

TEST(ComposedParameters, ThatAreAPromiseAreRefused) {
  chat::Request request = messages_request();
  request.unknown.push_back({.name = "inference_geo", .value = {R"("eu")"}, .must_hold = true});
  EXPECT_EQ(write(request, host()).error.param, "inference_geo");
  EXPECT_EQ(write(request, host()).error.kind, ErrorKind::kUnsupportedParameter);
}

TEST(ComposedParameters, HaveAsManyStopTextsAsTheTargetTakes) {
  chat::Request request = messages_request();
  request.parameters.push_back({.name = "stop", .value = {R"(["a","b","c","d","e"])"}});
  EXPECT_EQ(write(request, openai("gpt-4o")).body["stop"], Json::parse(R"(["a","b","c","d"])"));
  EXPECT_EQ(write(request, openai("gpt-4o")).dropped, Names{"stop"});
  EXPECT_EQ(write(request, host()).body["stop"].size(), 5u);
  EXPECT_EQ(write(request, host({.stops_max = 1})).body["stop"], Json::parse(R"(["a"])"));
}

TEST(ComposedParameters, GiveAFormatOfTheReplyAName) {
  chat::Request request = messages_request();
  request.response_format.kind = chat::ResponseFormatKind::kJsonSchema;
  request.response_format.schema = {R"({"type":"object"})"};
  EXPECT_EQ(write(request, openai("gpt-4o")).body["response_format"],
            Json::parse(R"({"type":"json_schema","json_schema":{"name":"response","schema":{"type":"object"}}})"));
}

TEST(ComposedParameters, AskForTheUsageOfAStream) {
  chat::Request request = messages_request();
  request.stream = true;
  EXPECT_EQ(write(request, host()).body["stream_options"], Json::parse(R"({"include_usage":true})"));
  EncodeOptions without = host();
  without.ask_for_usage = false;
  request.include_usage = true;
  EXPECT_FALSE(write(request, without).body.contains("stream_options"));
  EXPECT_TRUE(adds_unasked("stream_options", request, host()));
  EXPECT_FALSE(adds_unasked("stream_options", request, without));
}

TEST(ComposedParameters, AskForTheUsageOfAStreamAlone) {
  chat::Request request = messages_request();
  request.include_usage = true;
  EXPECT_FALSE(write(request, host()).body.contains("stream_options"));
  EXPECT_FALSE(write(request, openai("gpt-4o")).body.contains("stream_options"));
  request.stream = true;
  EXPECT_EQ(write(request, host()).body["stream_options"]["include_usage"], true);
}

}  // namespace
}  // namespace onellm::dialects::openai_chat
