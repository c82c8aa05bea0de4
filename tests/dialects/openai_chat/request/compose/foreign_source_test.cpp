// A request in another dialect reaches every kind of host of OpenAI's format, with the meaning that it would have if
// the client had written it in that format.
#include <gtest/gtest.h>

#include <algorithm>
#include <initializer_list>
#include <nlohmann/json.hpp>

#include "dialects/openai_chat/request/compose/host_rows.h"
#include "dialects/openai_chat/request/compose/writer.h"
#include "support/random/request.h"

namespace onellm::dialects::openai_chat {
namespace {

using Json = nlohmann::json;

// The same request, as if a client had sent it in another dialect.
chat::Request foreign_copy(const chat::Request& request) {
  chat::Request copy = request;
  copy.source = {};
  copy.source.dialect = kTestDialect;
  return copy;
}

void join_texts(Json& message) {
  Json& content = message["content"];
  std::string text;
  if (content.is_array()) {
    for (const Json& part : content) {
      if (part.value("type", "") != "text") return;
      text += part["text"].get<std::string>();
    }
    content = text;
  }
  if (!content.is_string()) return;
  text = content.get<std::string>();
  text.erase(std::remove(text.begin(), text.end(), '\n'), text.end());
  content = text;
}

void mend_call(Json& function) {
  Json& arguments = function["arguments"];
  if (arguments.is_object()) arguments = arguments.dump();
  if (arguments.is_null() || arguments == "") arguments = "{}";
}

// The meaning of a message. The same text may be one string, or several parts; signed thinking of Claude goes to no
// host of this format, and a native host gets it only from clients of this format.
void take_meaning(Json& message) {
  join_texts(message);
  message.erase("thinking_blocks");
  for (auto at = message.begin(); at != message.end();) at = at->is_null() ? message.erase(at) : std::next(at);
  if (message.value("tool_calls", Json()) == Json::array()) message.erase("tool_calls");
  if (message.contains("function_call")) mend_call(message["function_call"]);
  if (!message.contains("tool_calls")) return;
  for (Json& call : message["tool_calls"]) {
    if (!call.contains("type") || call["type"].is_null()) call["type"] = "function";
    if (call.contains("function")) mend_call(call["function"]);
  }
}

Json meaning(const std::string& text) {
  Json body = Json::parse(text, nullptr, false);
  EXPECT_FALSE(body.is_discarded()) << text;
  if (!body.is_object()) return body;
  for (auto at = body.begin(); at != body.end();) at = at->is_null() ? body.erase(at) : std::next(at);
  if (body.value("stream", true) == false) body.erase("stream");
  if (body.value("n", 0) == 1) body.erase("n");
  if (body.contains("response_format")) {
    Json& format = body["response_format"];
    Json& schema = format["json_schema"];
    if (schema.is_object() && schema.contains("strict") && schema["strict"].is_null()) schema.erase("strict");
    if (schema.is_null()) format.erase("json_schema");
  }
  for (Json& message : body["messages"]) take_meaning(message);
  return body;
}

struct Outcome {
  Json body;
  std::string refused;
  bool operator==(const Outcome&) const = default;
};
void PrintTo(const Outcome& outcome, std::ostream* out) { *out << outcome.body.dump() << ' ' << outcome.refused; }

Outcome outcome_of(const chat::Request& request, const EncodeOptions& options) {
  Result<EncodedRequest> encoded = encode_request(request, options);
  if (!encoded) return {nullptr, encoded.error().message};
  return {meaning(encoded->body.flat()), {}};
}

void expect_same_at_all_hosts(const chat::Request& request, const std::string& what) {
  const chat::Request foreign = foreign_copy(request);
  for (const HostRow& row : host_rows()) {
    EXPECT_EQ(outcome_of(request, row.options), outcome_of(foreign, row.options)) << row.name << "\n" << what;
  }
}

void erase(Json& object, std::initializer_list<const char*> keys) {
  for (const char* key : keys) object.erase(key);
}

// Takes out what only a client of this format can say: members that the canonical form does not hold, unknown members,
// marks of prompt caches, and options of a stream where there is none, which the API refuses.
std::string neutral(const std::string& text) {
  Json body = Json::parse(text);
  erase(body, {"top_k", "min_p", "repetition_penalty", "provider", "key", "nothing"});
  if (body.value("stream_options", Json()).is_object()) body["stream_options"].erase("include_obfuscation");
  if (body.value("stream", Json()) != true) body.erase("stream_options");
  for (Json& message : body["messages"]) {
    if (message.contains("reasoning")) message["reasoning_content"] = message["reasoning"];
    erase(message,
          {"mood", "reasoning", "reasoning_details", "annotations", "cache_control", "channel", "model", "onellm"});
    if (message["content"].is_array()) {
      for (Json& part : message["content"]) erase(part, {"cache_control", "prompt_cache_breakpoint"});
    }
    if (!message.contains("tool_calls")) continue;
    for (Json& call : message["tool_calls"]) {
      if (call.value("extra_content", Json()) == Json::object()) call.erase("extra_content");
    }
  }
  return body.dump();
}

TEST(ForeignSources, MeanTheSameAsTheFixturesAtAllHosts) {
  for (const RequestFixture& fixture : all_request_fixtures()) {
    if (fixture.name == "foreign_types.json") continue;
    const std::string body = neutral(fixture.text);
    const DecodedBody decoded = decode_good(body);
    for (const chat::Parameter& parameter : decoded->unknown) ADD_FAILURE() << fixture.name << " " << parameter.name;
    expect_same_at_all_hosts(*decoded.request, fixture.name + "\n" + body);
  }
}

TEST(ForeignSources, MeanTheSameAsRandomRequestsAtAllHosts) {
  test::RandomRequests requests(151, {.extra = false, .cache_marks = false});
  for (int i = 0; i < 60 && !testing::Test::HasFailure(); ++i) {
    chat::Request request = requests.next();
    request.source.dialect = kOpenaiChat;
    const ToolNames names(request, ToolNameForm::kAny);
    Result<Composed> composed = compose(request, names, {.model = request.model});
    ASSERT_TRUE(composed);
    expect_same_at_all_hosts(*decode_good(composed->text).request, composed->text);
  }
}

TEST(ForeignSources, AreEncodedTheSameEachTimeAndOutliveTheirRequest) {
  const DecodedBody decoded = decode_good(request_fixture("plain.json").text);
  std::vector<std::string> texts;
  for (int i = 0; i < 2; ++i) {
    const chat::Request foreign = foreign_copy(*decoded.request);
    Result<EncodedRequest> encoded = encode_request(foreign, host_rows().front().options);
    ASSERT_TRUE(encoded);
    EXPECT_EQ(encoded->body.memory_bytes() - encoded->body.pieces().size() * sizeof(std::string_view),
              encoded->body.bytes());  // All of it is counted.
    texts.push_back(encoded->body.flat());
  }
  EXPECT_EQ(texts[0], texts[1]);
}

TEST(ForeignSources, KeepTheNamesOfToolsThatAHostRefuses) {
  const DecodedBody decoded =
      decode_good(body_with(R"("tools":[{"type":"function","function":{"name":"3d render"}}],)"
                            R"("tool_choice":{"type":"function","function":{"name":"3d render"}})"));
  const chat::Request foreign = foreign_copy(*decoded.request);
  Result<EncodedRequest> encoded = encode_request(
      foreign, {.model = "m", .host = {.mapping = HostMapping::kCompatible, .tool_names = ToolNameForm::kLetterFirst}});
  ASSERT_TRUE(encoded);
  const Json body = Json::parse(encoded->body.flat());
  EXPECT_EQ(body["tools"][0]["function"]["name"], "f3d_render");
  EXPECT_EQ(body["tool_choice"]["function"]["name"], "f3d_render");
  ASSERT_EQ(encoded->reply.renamed_tools.size(), 1u);
  EXPECT_EQ(encoded->reply.renamed_tools[0].second, "3d render");
}

TEST(ForeignSources, AreRefusedWithATypeThatTheirDialectDoesNotKnow) {
  chat::Request foreign = foreign_copy(*decode_good(body_with(R"("n":1)")).request);
  foreign.source.foreign_type = "tools[0].type";
  Result<EncodedRequest> encoded = encode_request(foreign, {.model = "m"});
  ASSERT_FALSE(encoded);
  EXPECT_EQ(encoded.error().param, "tools[0].type");
}

}  // namespace
}  // namespace onellm::dialects::openai_chat
