#include "dialects/anthropic_messages/request/tools/plan.h"

#include <gtest/gtest.h>

#include "dialects/anthropic_messages/encoding_support.h"

namespace onellm::dialects::anthropic_messages {
namespace {

constexpr const char* kTwoTools =
    R"("tools":[{"type":"function","function":{"name":"f"}},{"type":"function","function":{"name":"g"}}])";
constexpr const char* kSchema = R"("response_format":{"type":"json_schema","json_schema":{"name":"n",
    "schema":{"type":"object","properties":{"a":{"type":"integer"}}}}})";

Encoded encode_tools(const char* model, const std::string& members) {
  return encode(model, std::string(kTwoTools) + (members.empty() ? "" : ",") + members);
}

std::string names_of(const Encoded& encoded) {
  std::string names;
  for (const Json& tool : member_of(encoded, "tools")) names += tool["name"].get<std::string>() + " ";
  return names;
}

struct ChoiceCase {
  const char* why;
  const char* model;
  const char* members;
  const char* sent;  // tool_choice
  const char* tools;
  Names dropped;
};

TEST(AnthropicTools, AreChosenAsTheClientSays) {
  const char* named = R"("tool_choice":{"type":"function","function":{"name":"g"}})";
  const char* required = R"("tool_choice":"required")";
  const ChoiceCase cases[] = {
      {"not said", kBudgetModel, "", "null", "f g ", {}},
      {"none", kBudgetModel, R"("tool_choice":"none")", R"({"type":"none"})", "f g ", {}},
      {"auto", kBudgetModel, R"("tool_choice":"auto")", R"({"type":"auto"})", "f g ", {}},
      {"required", kBudgetModel, required, R"({"type":"any"})", "f g ", {}},
      {"named", kBudgetModel, named, R"({"type":"tool","name":"g"})", "f g ", {}},
      {"allowed",
       kBudgetModel,
       R"("tool_choice":{"type":"allowed_tools","allowed_tools":{"mode":"auto","tools":[{"type":"function","function":{"name":"f"}}]}})",
       R"({"type":"auto"})",
       "f ",
       {}},
      {"allowed, required",
       kBudgetModel,
       R"("tool_choice":{"type":"allowed_tools","allowed_tools":{"mode":"required","tools":[{"type":"function","function":{"name":"f"}}]}})",
       R"({"type":"any"})",
       "f ",
       {}},
      {"one at a time",
       kBudgetModel,
       R"("parallel_tool_calls":false)",
       R"({"type":"auto","disable_parallel_tool_use":true})",
       "f g ",
       {}},
      {"one at a time, forced",
       kBudgetModel,
       R"("tool_choice":"required","parallel_tool_calls":false)",
       R"({"type":"any","disable_parallel_tool_use":true})",
       "f g ",
       {}},
      {"none of them, one at a time",
       kBudgetModel,
       R"("tool_choice":"none","parallel_tool_calls":false)",
       R"({"type":"none"})",
       "f g ",
       {}},
      {"forcing refused", kNewestModel, required, R"({"type":"auto"})", "f g ", {"tool_choice"}},
      {"naming refused", kNewestModel, named, R"({"type":"auto"})", "g ", {"tool_choice"}},
      {"while thinking by budget",
       kBudgetModel,
       R"("tool_choice":"required","reasoning_effort":"low")",
       R"({"type":"auto"})",
       "f g ",
       {"tool_choice"}},
      {"adaptive",
       kAdaptiveModel,
       R"("tool_choice":"required","reasoning_effort":"low")",
       R"({"type":"any"})",
       "f g ",
       {}},
  };
  for (const ChoiceCase& c : cases) {
    const Encoded encoded = encode_tools(c.model, c.members);
    EXPECT_EQ(member_of(encoded, "tool_choice"), parse(c.sent)) << c.why;
    EXPECT_EQ(names_of(encoded), c.tools) << c.why;
    EXPECT_EQ(encoded.dropped, c.dropped) << c.why;
  }
}

TEST(AnthropicTools, AreForcedByDoingWithoutThinkingThatNobodyAskedFor) {
  const Encoded encoded = encode_tools("claude-opus-5", R"("tool_choice":"required")");
  EXPECT_EQ(member_of(encoded, "tool_choice"), Json({{"type", "any"}}));
  EXPECT_EQ(member_of(encoded, "thinking"), Json({{"type", "disabled"}}));
  const Encoded asked = encode_tools("claude-opus-5", R"("tool_choice":"required","reasoning_effort":"low")");
  EXPECT_EQ(member_of(asked, "tool_choice"), Json({{"type", "auto"}}));
  EXPECT_EQ(asked.dropped, Names{"tool_choice"});
}

// https://docs.claude.com/en/docs/about-claude/models/whats-new-claude-fable-5-1
TEST(AnthropicTools, AreForcedWhereTheModelTakesThat) {
  const std::string forced = R"("tools":[{"type":"function","function":{"name":"a"}}],"tool_choice":"required")";
  for (const char* model : {"claude-fable-5", "claude-mythos-5", "claude-sonnet-5", "claude-haiku-5-5"}) {
    const Encoded encoded = encode(model, forced);
    EXPECT_EQ(encoded.body["tool_choice"]["type"], "any") << model;
    EXPECT_TRUE(encoded.dropped.empty()) << model;
  }
  EXPECT_EQ(encode("claude-haiku-5-5", forced).body["thinking"], Json({{"type", "disabled"}}));
  for (const char* model : {"claude-fable-5-1", "claude-fable-5-2", "claude-mythos-5-2", "claude-sonnet-5-5"}) {
    const Encoded encoded = encode(model, forced);
    EXPECT_EQ(encoded.body["tool_choice"]["type"], "auto") << model;
    EXPECT_EQ(encoded.dropped, Names{"tool_choice"}) << model;
  }
}

TEST(AnthropicTools, AreNotForcedAtAnEffortAtWhichTheModelCannotButThink) {
  const Encoded encoded = encode("claude-opus-5", R"("tools":[{"type":"function","function":{"name":"a"}}],
      "tool_choice":"required","output_config":{"effort":"max"})");
  EXPECT_EQ(encoded.body["tool_choice"]["type"], "auto");
  EXPECT_EQ(encoded.body["output_config"]["effort"], "max");
  EXPECT_EQ(encoded.dropped, Names{"tool_choice"});
}

TEST(AnthropicTools, OfEarlierTurnsAreNamedWhereTheRequestHasNone) {
  const Encoded encoded =
      encode_messages(kBudgetModel, R"({"role":"user","content":"u"},{"role":"assistant","tool_calls":[
      {"id":"a","type":"function","function":{"name":"f"}},{"id":"b","type":"function","function":{"name":"f"}}]})");
  EXPECT_EQ(member_of(encoded, "tools"), parse(R"([{"name":"f","input_schema":{"type":"object","properties":{}}}])"));
  EXPECT_EQ(member_of(encoded, "tool_choice"), Json({{"type", "none"}}));
}

TEST(AnthropicTools, AreRefusedWhereTheyCannotBeHad) {
  const Encoded custom = encode(kBudgetModel, R"("tools":[{"type":"function","function":{"name":"f"}},
                                                          {"type":"custom","custom":{"name":"c"}}])");
  EXPECT_EQ(custom.error.kind, ErrorKind::kUnsupportedParameter);
  EXPECT_EQ(custom.error.param, "tools[1].type");
  EXPECT_EQ(encode(kBudgetModel, R"("tool_choice":"required")").error.param, "tool_choice");
  EXPECT_EQ(encode_tools(kBudgetModel, R"("tool_choice":{"type":"function","function":{"name":"h"}})").error.param,
            "tool_choice");
  EXPECT_TRUE(encode(kBudgetModel, R"("tool_choice":"auto")").good);
}

TEST(AnthropicTools, TakeStrictWhereTheModelHasIt) {
  const char* strict = R"("tools":[{"type":"function","function":{"name":"f","strict":true,
      "parameters":{"type":"object","properties":{"a":{"type":"integer","minimum":0}}}}}])";
  EXPECT_EQ(encode(kBudgetModel, strict).body["tools"][0],
            parse(R"({"name":"f","strict":true,"input_schema":{"type":"object",
      "properties":{"a":{"type":"integer","description":"{minimum: 0}"}},"additionalProperties":false}})"));
  const Encoded old = encode(kOldModel, strict);
  EXPECT_FALSE(old.body["tools"][0].contains("strict"));
  EXPECT_EQ(old.dropped, Names{"tools[].function.strict"});
}

TEST(AnthropicTools, TakeStrictOnlyWithAnObjectAtTheRoot) {
  const Encoded encoded = encode(kNewestModel, R"("tools":[{"type":"function","function":{"name":"f","strict":true,
      "parameters":{"type":"object","oneOf":[{"required":["a"]}]}}}])");
  EXPECT_FALSE(encoded.body["tools"][0].contains("strict"));
  EXPECT_EQ(encoded.dropped, Names{"tools[].function.strict"});
}

TEST(AnthropicTools, StandInForASchemaThatTheModelDoesNotTake) {
  const Encoded alone = encode(kOldModel, kSchema);
  EXPECT_EQ(alone.reply.text_tool, "json");
  EXPECT_EQ(names_of(alone), "json ");
  EXPECT_EQ(alone.body["tools"][0]["input_schema"]["properties"], parse(R"({"a":{"type":"integer"}})"));
  EXPECT_EQ(member_of(alone, "tool_choice"),
            parse(R"({"type":"tool","name":"json","disable_parallel_tool_use":true})"));

  const Encoded beside = encode_tools(kOldModel, kSchema);
  EXPECT_EQ(names_of(beside), "f g json ");
  EXPECT_EQ(member_of(beside, "tool_choice"), Json({{"type", "any"}}));

  const Encoded forced = encode_tools(kOldModel, std::string(kSchema) + R"(,"tool_choice":"required")");
  EXPECT_EQ(names_of(forced), "f g ");
  EXPECT_TRUE(forced.reply.text_tool.empty());
}

TEST(AnthropicTools, StandInForASchemaRatherThanThink) {
  const Encoded encoded = encode("claude-opus-4-1", std::string(kSchema) + R"(,"reasoning_effort":"high")");
  EXPECT_EQ(encoded.reply.text_tool, "json");
  EXPECT_FALSE(encoded.body.contains("thinking"));
  EXPECT_EQ(encoded.dropped, Names{"reasoning_effort"});
}

TEST(AnthropicTools, FindAnotherNameForTheOneThatStandsIn) {
  const Encoded encoded =
      encode(kOldModel, std::string(kSchema) + R"(,"tools":[{"type":"function","function":{"name":"json"}}])");
  EXPECT_EQ(encoded.reply.text_tool, "json_");
}

TEST(AnthropicTools, DoNotSearchTheWebWhereNoToolMayBeCalled) {
  const Encoded encoded = encode_messages(
      kNewestModel, R"({"role":"assistant","tool_calls":[{"id":"a","type":"function","function":{"name":"f"}}]})",
      R"("web_search_options":{})");
  EXPECT_EQ(encoded.body["tools"].size(), 1u);
  EXPECT_EQ(encoded.dropped, Names{"web_search_options"});
}

TEST(AnthropicTools, SearchTheWebWhereAsked) {
  const Encoded encoded = encode(kBudgetModel, R"("web_search_options":{"user_location":{"type":"approximate",
      "approximate":{"country":"DE","city":"Ulm","region":null}},"search_context_size":"low"})");
  EXPECT_EQ(member_of(encoded, "tools"), parse(R"([{"type":"web_search_20250305","name":"web_search",
      "user_location":{"type":"approximate","country":"DE","city":"Ulm"}}])"));
  EXPECT_EQ(encoded.dropped, Names{"web_search_options.search_context_size"});
}

TEST(AnthropicTools, EndTheCacheWhereTheyAreMarked) {
  const Encoded encoded = encode(kBudgetModel, R"("tools":[
      {"type":"function","function":{"name":"f"},"cache_control":{"type":"ephemeral"}},
      {"type":"function","function":{"name":"g","cache_control":{"type":"ephemeral","ttl":"1h"}}}])");
  EXPECT_EQ(encoded.body["tools"][0]["cache_control"], parse(R"({"type":"ephemeral"})"));
  EXPECT_EQ(encoded.body["tools"][1]["cache_control"], parse(R"({"type":"ephemeral","ttl":"1h"})"));
}

TEST(AnthropicTools, CountAmongTheMarksOfTheRequest) {
  std::string tools;
  for (int i = 0; i < 5; ++i) {
    tools += R"({"type":"function","cache_control":{"type":"ephemeral"},"function":{"name":"f)" + std::to_string(i) +
             "\"}},";
  }
  tools.pop_back();
  const Encoded encoded =
      encode_messages(kBudgetModel, R"({"role":"user","content":"a","cache_control":{"type":"ephemeral"}})",
                      "\"tools\":[" + tools + "]");
  EXPECT_EQ(encoded.dropped, Names{"prompt_cache_breakpoint"});
  EXPECT_TRUE(encoded.body["messages"][0]["content"][0].contains("cache_control"));
  size_t marks = 0;
  for (const Json& tool : encoded.body["tools"]) marks += tool.contains("cache_control");
  EXPECT_EQ(marks, 3u);
}

}  // namespace
}  // namespace onellm::dialects::anthropic_messages
