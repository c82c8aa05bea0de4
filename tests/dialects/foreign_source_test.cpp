// A request reaches every dialect whatever dialect its client speaks: encoders read no source of another dialect.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "dialects/anthropic_messages/dialect.h"
#include "dialects/foreign_request.h"
#include "dialects/gemini/dialect.h"
#include "dialects/openai_responses/dialect.h"
#include "dialects/palm/dialect.h"
#include "dialects/request_support.h"
#include "support/random/request.h"

namespace onellm::dialects {
namespace {

using Json = nlohmann::json;
using Names = std::vector<std::string>;

struct Target {
  const Dialect* dialect;
  models::Maker maker;
  const char* model;
};

const std::vector<Target>& targets() {
  static const std::vector<Target> kTargets = {
      {&anthropic_messages::dialect(), models::Maker::kAnthropic, "claude-opus-4-8"},
      {&anthropic_messages::dialect(), models::Maker::kAnthropic, "claude-sonnet-4-5"},
      {&gemini::dialect(), models::Maker::kGoogle, "gemini-2.5-flash"},
      {&gemini::dialect(), models::Maker::kGoogle, "gemini-3-pro-preview"},
      {&openai_responses::dialect(), models::Maker::kOpenAi, "gpt-5.1"},
      {&palm::dialect(), models::Maker::kNone, "chat-bison-001"},
  };
  return kTargets;
}

struct Sent {
  std::string body;
  Names dropped;
  std::string error;
  bool operator==(const Sent&) const = default;
};
void PrintTo(const Sent& sent, std::ostream* out) { *out << sent.body << sent.error; }

Sent send(const chat::Request& request, const Target& target) {
  EncodeOptions options{.model = target.model};
  options.contract = models::contract_of(target.maker, target.model);
  Result<EncodedRequest> encoded = target.dialect->encode_request(request, options);
  if (!encoded) return {{}, {}, encoded.error().message};
  return {encoded->body.flat(), encoded->dropped, {}};
}

void expect_source_not_read(const chat::Request& request, const std::string& what) {
  chat::Request foreign = request;
  foreign.source = {};
  foreign.source.dialect = kTestDialect;
  for (chat::Message& message : foreign.messages) {
    message.extra = {};
    message.notes = {};
    for (chat::ToolCall& call : message.tool_calls) {
      call.extra = {};
      call.notes = {};
    }
  }
  for (const Target& target : targets()) EXPECT_EQ(send(request, target), send(foreign, target)) << what;
}

TEST(AnySource, GivesTheSameRequestToEveryDialect) {
  for (const RequestFixture& fixture : all_request_fixtures()) {
    if (fixture.name == "foreign_types.json") continue;
    expect_source_not_read(*decode_good(fixture.text).request, fixture.name);
  }
  test::RandomRequests requests(152);
  for (int i = 0; i < 500; ++i) {
    chat::Request request = requests.next();
    request.source.dialect = kOpenaiChat;
    expect_source_not_read(request, std::to_string(i));
  }
}

const Target& claude() { return targets()[0]; }
const Target& gemini_flash() { return targets()[2]; }
const Target& responses() { return targets()[4]; }

Json body_of(const chat::Request& request, const Target& target) {
  const Sent sent = send(request, target);
  EXPECT_EQ(sent.error, "");
  return sent.error.empty() ? Json::parse(sent.body) : Json();
}

TEST(AnySource, MayHaveImagesAndFilesWithTheirTypeBesideThem) {
  chat::Request request = messages_request();
  chat::Part image;
  image.kind = chat::PartKind::kImage;
  image.media_type = {"image/png"};
  image.data = {"iVBORw0KGgo="};
  chat::Part file;
  file.kind = chat::PartKind::kFile;
  file.media_type = {"application/pdf"};
  file.data = {"JVBERi0="};
  request.messages[0].parts = {image, file};

  Json content = body_of(request, claude())["messages"][0]["content"];
  EXPECT_EQ(content[0]["source"], Json::parse(R"({"type":"base64","media_type":"image/png","data":"iVBORw0KGgo="})"));
  EXPECT_EQ(content[1]["source"], Json::parse(R"({"type":"base64","media_type":"application/pdf","data":"JVBERi0="})"));
  content = body_of(request, gemini_flash())["contents"][0]["parts"];
  EXPECT_EQ(content[0], Json::parse(R"({"inlineData":{"mimeType":"image/png","data":"iVBORw0KGgo="}})"));
  EXPECT_EQ(content[1], Json::parse(R"({"inlineData":{"mimeType":"application/pdf","data":"JVBERi0="}})"));
  content = body_of(request, responses())["input"][0]["content"];
  EXPECT_EQ(content[0]["image_url"], "data:image/png;base64,iVBORw0KGgo=");
  EXPECT_EQ(content[1]["file_data"], "data:application/pdf;base64,JVBERi0=");
}

TEST(AnySource, MayHaveTheAddressOfAFile) {
  chat::Request request = messages_request();
  chat::Part file;
  file.kind = chat::PartKind::kFile;
  file.url = {"https://a.example/a.pdf"};
  request.messages[0].parts = {file};
  EXPECT_EQ(body_of(request, claude())["messages"][0]["content"][0]["source"]["url"], "https://a.example/a.pdf");
  EXPECT_EQ(body_of(request, gemini_flash())["contents"][0]["parts"][0]["fileData"]["fileUri"],
            "https://a.example/a.pdf");
  EXPECT_EQ(body_of(request, responses())["input"][0]["content"][0]["file_url"], "https://a.example/a.pdf");
}

TEST(AnySource, KeepsPartsThatOnlyItsOwnDialectHas) {
  chat::Request request = messages_request();
  chat::Part cited = marked_part("Rome.");
  cited.raw = {R"({"type":"text","text":"Rome.","citations":[{"x":1}],"cache_control":{"type":"ephemeral"}})"};
  chat::Part foreign;
  foreign.kind = chat::PartKind::kForeign;
  foreign.raw = {R"({"type":"server_tool_use","id":"a","name":"web_search","input":{}})"};
  foreign.left_out_as = "server_tool_use";
  request.messages.push_back(message_of(chat::Role::kAssistant, {foreign, cited}));
  request.messages.push_back(message_of(chat::Role::kUser, {text_part("And?")}));
  const Json content = body_of(request, claude())["messages"][1]["content"];
  EXPECT_EQ(content[0], Json::parse(foreign.raw.text));
  EXPECT_EQ(content[1], Json::parse(cited.raw.text));
  for (const Target* other : {&gemini_flash(), &responses(), &targets()[5]}) {
    const Sent sent = send(request, *other);
    EXPECT_EQ(sent.error, "");
    EXPECT_EQ(sent.body.find("citations"), std::string::npos);
    EXPECT_NE(std::find(sent.dropped.begin(), sent.dropped.end(), "server_tool_use"), sent.dropped.end());
  }
}

TEST(AnySource, KeepsToolsAndCallsThatOnlyItsOwnDialectHas) {
  chat::Request request = messages_request();
  chat::Tool deferred = function_tool("f");
  deferred.raw = {R"("name":"f","input_schema":{"type":"object"},"defer_loading":true)"};
  chat::Tool shell = function_tool("bash");
  shell.raw = {R"("type":"bash_20250124","name":"bash")"};
  request.tools = {deferred, shell,
                   hosted_tool(chat::HostedTool::kOther, R"("type":"mcp_toolset","x":1)", "tools.mcp_toolset")};
  request.tools[2].cache_control = {R"({"type":"ephemeral"})"};
  request.messages.push_back(message_of(chat::Role::kAssistant, {}));
  chat::ToolCall& call = request.messages.back().tool_calls.emplace_back();
  call.id = {"toolu_1"};
  call.name = {"f"};
  call.arguments_object = {"{}"};
  call.extra = {R"("caller":{"type":"direct"})"};
  const Json body = body_of(request, claude());
  EXPECT_EQ(body["tools"], Json::parse(R"([
    {"name":"f","input_schema":{"type":"object"},"defer_loading":true},{"type":"bash_20250124","name":"bash"},
    {"type":"mcp_toolset","x":1,"cache_control":{"type":"ephemeral"}}])"));
  EXPECT_EQ(body["messages"][1]["content"][0]["caller"], Json::parse(R"({"type":"direct"})"));
  EXPECT_EQ(send(request, claude()).dropped, Names());
  request.source.dialect = kTestDialect;
  const Json other = body_of(request, claude());
  EXPECT_EQ(other["tools"].size(), 2u);
  EXPECT_EQ(other["tools"][1]["input_schema"], Json::parse(R"({"type":"object"})"));
  EXPECT_FALSE(other["messages"][1]["content"][0].contains("caller"));
}

TEST(AnySource, LeavesOutToolsThatTheTargetLacksIfTheClientCanDoWithout) {
  chat::Request request = messages_request();
  request.tools = {function_tool("f"),
                   hosted_tool(chat::HostedTool::kWebSearch, R"("type":"web_search_20250305")", "tools.web_search"),
                   hosted_tool(chat::HostedTool::kOther, R"("type":"mcp_toolset")", "tools.mcp_toolset")};
  for (const Target* target : {&claude(), &targets()[3], &responses()}) {
    request.source.dialect = target == &claude() ? kTestDialect : kAnthropicMessages;
    const Sent sent = send(request, *target);
    EXPECT_EQ(sent.error, "");
    EXPECT_EQ(sent.dropped, Names{"tools.mcp_toolset"});
    EXPECT_EQ(sent.body.find("mcp_toolset"), std::string::npos);
  }
  request.tools.erase(request.tools.begin(), request.tools.begin() + 2);
  EXPECT_FALSE(body_of(request, responses()).contains("tools"));
  request.tool_choice.kind = chat::ToolChoiceKind::kRequired;
  EXPECT_NE(send(request, responses()).error, "");
}

TEST(AnySource, RefusesAPromiseOfItsOwnProviderElsewhere) {
  chat::Request request = messages_request();
  request.unknown.push_back({.name = "inference_geo", .value = {R"("eu")"}, .must_hold = true});
  EXPECT_EQ(body_of(request, claude())["inference_geo"], "eu");
  for (const Target* other : {&gemini_flash(), &responses(), &targets()[5]}) {
    EXPECT_NE(send(request, *other).error.find("inference_geo"), std::string::npos);
  }
}

}  // namespace
}  // namespace onellm::dialects
