// Names of tools that an API refuses: changed in every place of a request, and the client's own again in the reply.
#include "dialects/common/tools/tool_names.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <regex>
#include <set>

#include "dialects/anthropic_messages/dialect.h"
#include "dialects/gemini/dialect.h"
#include "dialects/openai_chat/dialect.h"
#include "dialects/openai_responses/dialect.h"
#include "dialects/request_support.h"

namespace onellm::dialects {
namespace {

using Json = nlohmann::json;

constexpr const char* kRequest = R"({"model":"m","messages":[{"role":"user","content":"go"},
    {"role":"assistant","content":null,"tool_calls":[
      {"id":"call00001","type":"function","function":{"name":"get.weather","arguments":"{}"}}]},
    {"role":"tool","tool_call_id":"call00001","name":"get.weather","content":"done"}],
  "tools":[{"type":"function","function":{"name":"get.weather"}},{"type":"function","function":{"name":"get_weather"}},
           {"type":"function","function":{"name":"plain-1"}}],
  "tool_choice":{"type":"function","function":{"name":"get.weather"}}})";

EncodedRequest encode(const Dialect& dialect, const chat::Request& request, ToolNameForm form) {
  EncodeOptions options{.model = "m"};
  options.host.mapping = HostMapping::kCompatible;
  options.host.tool_names = form;
  Result<EncodedRequest> encoded = dialect.encode_request(request, options);
  EXPECT_TRUE(encoded);
  return encoded ? std::move(*encoded) : EncodedRequest{};
}

size_t count(const std::string& text, const std::string& word) {
  size_t found = 0;
  for (size_t at = text.find(word); at != text.npos; at = text.find(word, at + 1)) ++found;
  return found;
}

TEST(ToolNames, AreChangedInEveryPlaceForEveryDialectThatRefusesThem) {
  const DecodedBody decoded = decode_good(kRequest);
  for (const Dialect* dialect : std::initializer_list<const Dialect*>{
           &anthropic_messages::dialect(), &openai_responses::dialect(), &openai_chat::dialect()}) {
    const EncodedRequest encoded = encode(*dialect, *decoded.request, ToolNameForm::kPlain);
    const std::string text = encoded.body.flat();
    EXPECT_EQ(count(text, "get.weather"), 0U) << text;
    EXPECT_GE(count(text, "\"get_weather_2\""), 3U) << text;
    EXPECT_EQ(encoded.reply.renamed_tools, (RenamedTools{{"get_weather_2", "get.weather"}}));
  }
}

TEST(ToolNames, StayWhereTheHostTakesThem) {
  const DecodedBody decoded = decode_good(kRequest);
  const EncodedRequest encoded = encode(openai_chat::dialect(), *decoded.request, ToolNameForm::kAny);
  EXPECT_EQ(count(encoded.body.flat(), "get.weather"), 4U);
  EXPECT_TRUE(encoded.reply.renamed_tools.empty());
}

TEST(ToolNames, OfDeprecatedFunctionsAreChangedToo) {
  const DecodedBody decoded = decode_good(
      R"({"model":"m","messages":[{"role":"user","content":"go"},
        {"role":"assistant","content":null,"function_call":{"name":"a b","arguments":"{}"}},
        {"role":"function","name":"a b","content":"1"}],
        "functions":[{"name":"a b"}],"function_call":{"name":"a b"}})");
  const std::string text = encode(openai_chat::dialect(), *decoded.request, ToolNameForm::kPlain).body.flat();
  EXPECT_EQ(count(text, "a b"), 0U) << text;
  EXPECT_EQ(count(text, "\"a_b\""), 3U) << text;
}

std::vector<std::string> names_in(const Dialect& dialect, const ReplyContext& context, const char* body) {
  struct Sink final : chat::EventSink {
    std::vector<std::string> names;
    void take(const chat::Event& event) override {
      if (event.kind == chat::EventKind::kToolCallOpened) names.emplace_back(event.name.text);
    }
  } sink;
  dialect.decode_reply(body, context, sink);
  return sink.names;
}

TEST(ToolNames, AreTheClientsOwnAgainInWholeReplies) {
  ReplyContext context;
  context.renamed_tools = {{"get_weather_2", "get.weather"}};
  const std::vector<std::string> known = {"get.weather", "get_weather"};
  EXPECT_EQ(names_in(openai_chat::dialect(), context,
                     R"({"choices":[{"index":0,"message":{"role":"assistant","content":null,"tool_calls":[
                        {"id":"a","type":"function","function":{"name":"get_weather_2","arguments":"{}"}},
                        {"id":"b","type":"function","function":{"name":"get_weather","arguments":"{}"}}]},
                        "finish_reason":"tool_calls"}]})"),
            known);
  EXPECT_EQ(names_in(anthropic_messages::dialect(), context,
                     R"({"type":"message","role":"assistant","model":"m","stop_reason":"tool_use","content":[
                        {"type":"tool_use","id":"a","name":"get_weather_2","input":{}},
                        {"type":"tool_use","id":"b","name":"get_weather","input":{}}],"usage":{}})"),
            known);
  EXPECT_EQ(names_in(openai_responses::dialect(), context,
                     R"({"object":"response","status":"completed","output":[
                        {"type":"function_call","id":"1","call_id":"a","name":"get_weather_2","arguments":"{}"},
                        {"type":"function_call","id":"2","call_id":"b","name":"get_weather","arguments":"{}"}]})"),
            known);
}

TEST(ToolNames, AreTheClientsOwnAgainInStreams) {
  ReplyContext context;
  context.renamed_tools = {{"f_1", "1"}};
  struct Sink final : chat::EventSink {
    std::string name;
    void take(const chat::Event& event) override {
      if (event.kind == chat::EventKind::kToolCallOpened) name = event.name.text;
    }
  } sink;
  openai_chat::dialect().make_stream_decoder(context)->push(
      "data: {\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":0,\"id\":\"a\",\"type\":\"function\","
      "\"function\":{\"name\":\"f_1\",\"arguments\":\"{}\"}}]}}]}\n\n",
      sink);
  EXPECT_EQ(sink.name, "1");
}

std::string sent(const std::string& name, ToolNameForm form) {
  const DecodedBody decoded = decode_good(
      R"({"model":"m","messages":[{"role":"user","content":"go"}],"tools":[{"type":"function","function":{"name":")" +
      name + R"("}}]})");
  return std::string(ToolNames(*decoded.request, form).sent(decoded.request->tools[0].name).text);
}

TEST(ToolNames, TakeTheFormOfTheApi) {
  struct Case {
    const char* name;
    ToolNameForm form;
    const char* sent;
  };
  const Case cases[] = {
      {"3d_render", ToolNameForm::kPlain, "3d_render"},
      {"3d_render", ToolNameForm::kClaude, "3d_render"},
      {"3d_render", ToolNameForm::kLetterFirst, "f3d_render"},
      {"_x", ToolNameForm::kLetterFirst, "f_x"},
      {"3d_render", ToolNameForm::kGoogle, "_3d_render"},
      {"a.b:c", ToolNameForm::kGoogle, "a.b:c"},
      {"a.b:c", ToolNameForm::kClaude, "a_b_c"},
      {R"(\u00fcber)", ToolNameForm::kPlain, "__ber"},
      {"any thing!", ToolNameForm::kAny, "any thing!"},
  };
  for (const Case& c : cases) EXPECT_EQ(sent(c.name, c.form), c.sent) << c.name;
}

TEST(ToolNames, ThatAreTooLongStayApartAndTheSame) {
  const std::string begin = "mcp__server__" + std::string(80, 'x');
  const std::string one = sent(begin + "_read", ToolNameForm::kPlain);
  const std::string other = sent(begin + "_write", ToolNameForm::kPlain);
  EXPECT_EQ(one.size(), 64U);
  EXPECT_NE(one, other);
  EXPECT_EQ(one, sent(begin + "_read", ToolNameForm::kPlain));
  EXPECT_TRUE(std::regex_match(one, std::regex("mcp__server__x{42}_[0-9a-f]{8}"))) << one;
  EXPECT_EQ(sent(std::string(100, 'x'), ToolNameForm::kClaude).size(), 100U);
}

TEST(ToolNames, AreOneWhicheverWayTheyAreWritten) {
  const DecodedBody decoded = decode_good(R"({"model":"m","messages":[{"role":"user","content":"go"},
    {"role":"assistant","tool_calls":[{"id":"a","type":"function","function":{"name":"a\u0020b","arguments":"{}"}}]},
    {"role":"tool","tool_call_id":"a","content":"1"}],"tools":[{"type":"function","function":{"name":"a b"}}]})");
  const ToolNames names(*decoded.request, ToolNameForm::kPlain);
  EXPECT_EQ(names.changed(), (RenamedTools{{"a_b", "a b"}}));
  EXPECT_EQ(names.sent(decoded.request->messages[1].tool_calls[0].name).text, "a_b");
}

// One look at all names for each of them took a quarter of an hour here.
TEST(ToolNames, OfThousandsThatBecomeAlikeAreChangedInNoTime) {
  std::string tools;
  for (uint32_t i = 0; i < 20'000; ++i) {
    std::string name = "n";
    for (uint32_t bit = 0; bit < 15; ++bit) name += (i >> bit & 1) != 0 ? '!' : ' ';
    tools += std::string(i == 0 ? "" : ",") + R"({"type":"function","function":{"name":")" + name + "\"}}";
  }
  const DecodedBody decoded = decode_good(body_with("\"tools\":[" + tools + "]"));
  const ToolNames names(*decoded.request, ToolNameForm::kPlain);
  const RenamedTools changed = names.changed();
  ASSERT_EQ(changed.size(), 20'000U);
  std::set<std::string> sent;
  for (const auto& [made, name] : changed) sent.insert(made);
  EXPECT_EQ(sent.size(), 20'000U);
  EXPECT_TRUE(sent.contains("n_______________"));
  EXPECT_TRUE(sent.contains("n________________20000"));
  EXPECT_EQ(names.places().size(), 20'000U);
}

}  // namespace
}  // namespace onellm::dialects
