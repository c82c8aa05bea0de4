// What hosts with quirks get of a request: ranges, forms of answers, forced tools, thinking, names, marks, contents.
#include "dialects/openai_chat/request/splice/host_edits.h"

#include <gtest/gtest.h>

#include "dialects/openai_chat/request_encoder_support.h"

namespace onellm::dialects::openai_chat {
namespace {

HostRules host() { return {.mapping = HostMapping::kCompatible}; }

Sent send(std::string_view members, const HostRules& rules) { return send_members("m", members, rules); }
Sent say(std::string_view messages, const HostRules& rules) { return send_messages("m", messages, rules); }

TEST(HostEdits, ClampATemperatureAndNameIt) {
  HostRules rules = host();
  rules.temperature_tenths_max = 10;
  EXPECT_EQ(send(R"("temperature":1.7)", rules), (Sent{R"("temperature":1)", {"temperature"}}));
  EXPECT_EQ(send(R"("temperature":1.0)", rules), (Sent{R"("temperature":1.0)", {}}));
  rules.temperature_tenths_max = 15;
  EXPECT_EQ(send(R"("temperature":2)", rules), (Sent{R"("temperature":1.5)", {"temperature"}}));
}

TEST(HostEdits, KeepTheFirstTextsToStopAt) {
  HostRules rules = host();
  rules.stops_max = 2;
  EXPECT_EQ(send(R"("stop":["a", "b","c"])", rules), (Sent{R"("stop":["a","b"])", {"stop"}}));
  EXPECT_EQ(send(R"("stop":["a", "b"])", rules), (Sent{R"("stop":["a", "b"])", {}}));
  EXPECT_EQ(send(R"("stop":"a")", rules), (Sent{R"("stop":"a")", {}}));
}

TEST(HostEdits, LeaveToolsToAModelThatCannotBeForced) {
  const char* named = R"("tool_choice":{"type":"function","function":{"name":"f"}})";
  const std::string tools = R"("tools":[{"type":"function","function":{"name":"f"}}],)";
  HostRules rules = host();
  rules.forced_tools = HostForce::kNone;
  EXPECT_EQ(send(tools + named, rules), (Sent{tools + R"("tool_choice":"auto")", {"tool_choice"}}));
  EXPECT_EQ(send(tools + R"("tool_choice":"none")", rules), (Sent{tools + R"("tool_choice":"none")", {}}));
  rules.forced_tools = HostForce::kNamed;
  EXPECT_EQ(send(tools + named, rules), (Sent{tools + named, {}}));
  EXPECT_EQ(send(tools + R"("tool_choice":"required")", rules),
            (Sent{tools + R"("tool_choice":"auto")", {"tool_choice"}}));
  EXPECT_EQ(send(R"("functions":[{"name":"f"}],"function_call":{"name":"f"})", rules),
            (Sent{R"("tools":[{"type":"function","function":{"name":"f"}}],)"
                  R"("tool_choice":{"type":"function","function":{"name":"f"}})",
                  {}}));
}

TEST(HostEdits, GiveUpFormsOfTheAnswerThatTheHostDoesNotHave) {
  const char* schema = R"("response_format":{"type":"json_schema","json_schema":{"name":"n","schema":{}}})";
  const char* object = R"("response_format":{"type":"json_object"})";
  HostRules rules = host();
  rules.formats = kJsonObjects;
  EXPECT_EQ(send(schema, rules), (Sent{"", {"response_format"}})) << "JSON mode without the word JSON is refused";
  EXPECT_EQ(send(object, rules), (Sent{object, {}}));
  const Encoded encoded =
      encode(std::string(R"({"model":"m","messages":[{"role":"user","content":"As Json."}],)") + schema + "}",
             {.model = "m", .host = rules});
  EXPECT_NE(encoded.text.find(object), std::string::npos);
  EXPECT_EQ(encoded.dropped, std::vector<std::string>{"response_format"});
  rules.formats = kJsonSchemas;
  EXPECT_EQ(send(schema, rules), (Sent{schema, {}}));
  EXPECT_EQ(send(object, rules), (Sent{"", {"response_format"}}));
}

TEST(HostEdits, SwitchThinkingByTheHostsOwnMember) {
  struct Case {
    ThinkingSwitch form;
    const char* asked;
    const char* sent;
    std::vector<std::string> dropped;
  };
  const char* off = R"("thinking":{"type":"disabled"})";
  const char* on = R"("thinking":{"type":"enabled"})";
  const Case cases[] = {
      {ThinkingSwitch::kType, R"("reasoning_effort":"none")", off, {}},
      {ThinkingSwitch::kType, R"("reasoning_effort":"high")", R"("reasoning_effort":"high")", {}},
      {ThinkingSwitch::kType, R"("reasoning":{"enabled":false})", off, {}},
      {ThinkingSwitch::kType, R"("reasoning":{"effort":"high"})", on, {}},
      {ThinkingSwitch::kType, R"("thinking":{"type":"adaptive"})", on, {}},
      {ThinkingSwitch::kType, off, off, {}},
      {ThinkingSwitch::kType,
       R"("thinking":{"type":"enabled","clear_thinking":false},"reasoning_effort":"max")",
       R"("thinking":{"type":"enabled","clear_thinking":false},"reasoning_effort":"max")",
       {}},
      {ThinkingSwitch::kType, R"("thinking":null,"reasoning":{"enabled":true})", on, {}},
      {ThinkingSwitch::kEnable, R"("reasoning_effort":"none")", R"("enable_thinking":false)", {}},
      {ThinkingSwitch::kEnable,
       R"("thinking":{"type":"enabled","budget_tokens":2000})",
       R"("enable_thinking":true,"thinking_budget":2000)",
       {}},
      {ThinkingSwitch::kEnable,
       R"("reasoning":{"enabled":true},"reasoning_effort":"low")",
       R"("reasoning_effort":"low")",
       {}},
      {ThinkingSwitch::kEnable,
       R"("enable_thinking":false,"reasoning_effort":"none")",
       R"("enable_thinking":false)",
       {}},
      {ThinkingSwitch::kEffort, R"("reasoning":{"effort":"high"})", R"("reasoning_effort":"high")", {}},
      {ThinkingSwitch::kEffort, R"("thinking":{"type":"disabled"})", R"("reasoning_effort":"none")", {}},
      {ThinkingSwitch::kEffort, R"("thinking":{"type":"adaptive"})", "", {}},
      {ThinkingSwitch::kEffort,
       R"("reasoning":{"enabled":true},"reasoning_effort":"low")",
       R"("reasoning_effort":"low")",
       {}},
      {ThinkingSwitch::kEffort,
       R"("reasoning_effort":null,"reasoning":{"effort":"low"})",
       R"("reasoning_effort":"low")",
       {}},
      {ThinkingSwitch::kNone, R"("reasoning_effort":"none")", R"("reasoning_effort":"none")", {}},
  };
  for (const Case& c : cases) {
    HostRules rules = host();
    rules.thinking = c.form;
    EXPECT_EQ(send(c.asked, rules), (Sent{c.sent, c.dropped})) << c.asked;
  }
}

TEST(HostEdits, NameThinkingThatCannotBeSwitchedOff) {
  HostRules rules = host();
  rules.thinking = ThinkingSwitch::kType;
  EXPECT_EQ(send_members("deepseek-reasoner", R"("reasoning_effort":"none")", rules), (Sent{"", {"reasoning_effort"}}));
}

TEST(HostEdits, RefuseMoreChoicesThanTheHostGives) {
  HostRules rules = host();
  rules.choices_max = 1;
  const DecodedBody decoded = decode_good(body_for("m", R"("n":2)"));
  Result<EncodedRequest> encoded = encode_request(*decoded.request, {.model = "m", .host = rules});
  ASSERT_FALSE(encoded);
  EXPECT_EQ(encoded.error().param, "n");
  EXPECT_EQ(send(R"("n":1)", rules), (Sent{R"("n":1)", {}}));
}

TEST(HostEdits, CutNamesOfMessages) {
  HostRules rules = host();
  rules.takes_names = false;
  EXPECT_EQ(say(R"({"role":"user","name":"Ann","content":"hi"})", rules),
            (Sent{R"({"role":"user","content":"hi"})", {"messages[].name"}}));
  EXPECT_EQ(say(R"({"role":"user","content":"hi"},{"role":"assistant","tool_calls":)"
                R"([{"id":"a","type":"function","function":{"name":"f","arguments":"{}"}}]},)"
                R"({"role":"tool","name":"f","tool_call_id":"a","content":"1"})",
                rules),
            (Sent{R"({"role":"user","content":"hi"},{"role":"assistant","tool_calls":)"
                  R"([{"id":"a","type":"function","function":{"name":"f","arguments":"{}"}}]},)"
                  R"({"role":"tool","tool_call_id":"a","content":"1"})",
                  {}}))
      << "the name of a tool is known by its call";
}

TEST(HostEdits, CutMarksOfCachesWhereverTheyStand) {
  HostRules rules = host();
  rules.takes_cache_marks = false;
  EXPECT_EQ(say(R"({"role":"user","content":[{"type":"text","text":"a","cache_control":{"type":"ephemeral"}}]},)"
                R"({"role":"assistant","content":"b","cache_control":{"type":"ephemeral"}})",
                rules),
            (Sent{R"({"role":"user","content":[{"type":"text","text":"a"}]},{"role":"assistant","content":"b"})",
                  {"messages[].content[].cache_control", "messages[].cache_control"}}));
  EXPECT_EQ(
      send(R"("tools":[{"type":"function","function":{"name":"f"},"cache_control":{"type":"ephemeral"}},)"
           R"({"type":"function","function":{"cache_control":{"type":"ephemeral"},"name":"g"}}])",
           rules),
      (Sent{R"("tools":[{"type":"function","function":{"name":"f"}},{"type":"function","function":{"name":"g"}}])",
            {"tools[].cache_control"}}));
}

TEST(HostEdits, FillAContentThatIsNotThere) {
  HostRules rules = host();
  rules.content = ContentForm::kFilled;
  const char* calls = R"("tool_calls":[{"id":"a","type":"function","function":{"name":"f","arguments":"{}"}}])";
  const std::string filled = R"({"role":"assistant","content":"",)" + std::string(calls) + "}";
  EXPECT_EQ(say(R"({"role":"assistant","content":null,)" + std::string(calls) + "}", rules), (Sent{filled, {}}));
  EXPECT_EQ(say(R"({"role":"assistant",)" + std::string(calls) + "}", rules), (Sent{filled, {}}));
}

TEST(HostEdits, FillTheContentOfADeprecatedResultOnce) {
  HostRules rules = host();
  rules.content = ContentForm::kFilled;
  EXPECT_EQ(say(R"({"role":"assistant","function_call":{"name":"f","arguments":"{}"}},{"role":"function","name":"f"})",
                rules),
            (Sent{R"({"role":"assistant","content":"","tool_calls":)"
                  R"([{"id":"call_1","type":"function","function":{"name":"f","arguments":"{}"}}]},)"
                  R"({"role":"tool","tool_call_id":"call_1","content":""})",
                  {}}));
}

TEST(HostEdits, JoinTextsWhereTheHostWantsOne) {
  HostRules rules = host();
  rules.content = ContentForm::kText;
  EXPECT_EQ(say(R"({"role":"user","content":[{"type":"text","text":"a"},{"type":"text","text":"b"}]})", rules),
            (Sent{R"({"role":"user","content":"a\nb"})", {}}));
  const char* picture = R"({"role":"user","content":[{"type":"text","text":"a"},)"
                        R"({"type":"image_url","image_url":{"url":"https://a.b/c.png"}}]})";
  EXPECT_EQ(say(picture, rules), (Sent{picture, {}}));
}

}  // namespace
}  // namespace onellm::dialects::openai_chat
