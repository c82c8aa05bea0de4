#include "dialects/gemini/gemini_request.h"

namespace onellm::dialects::gemini {
namespace {

using Names = std::vector<std::string>;

constexpr const char* kTools =
    R"("tools":[{"type":"function","function":{"name":"f","parameters":{"type":"object","properties":{"a":{}}}}},)"
    R"({"type":"function","function":{"name":"g"}}])";

Json config_of(const std::string& choice, const std::string& tools = kTools) {
  return gemini_member("toolConfig", tools + (choice.empty() ? "" : R"(,"tool_choice":)" + choice));
}

Json calling(const char* config) { return Json({{"functionCallingConfig", parse(config)}}); }

TEST(GeminiTools, DeclaresFunctionsWithTheirSchemaAsItIs) {
  const char* const tools =
      R"("tools":[{"type":"function","function":{"name":"f","description":"d \"q\"","strict":false,)"
      R"("parameters":{"$schema":"s","type":"object","properties":{"a":{"type":["string","null"]}},)"
      R"("additionalProperties":false}}},{"type":"function","function":{"name":"g"}}])";
  EXPECT_EQ(gemini_member("tools", tools, "gemini-2.0-flash"), parse(R"([{"functionDeclarations":[
    {"name":"f","description":"d \"q\"","parametersJsonSchema":{"$schema":"s","type":"object",
     "properties":{"a":{"type":["string","null"]}},"additionalProperties":false}},{"name":"g"}]}])"));
}

TEST(GeminiTools, LeavesOutASchemaOfWhichOlderModelsCanBeToldNothing) {
  const char* const tools = R"("tools":[{"type":"function","function":{"name":"f","parameters":)"
                            R"({"type":"object","description":"d","additionalProperties":{"type":"string"}}}}])";
  EXPECT_EQ(gemini_member("tools", tools, "gemini-1.5-pro"), parse(R"([{"functionDeclarations":[{"name":"f"}]}])"));
}

TEST(GeminiTools, ConvertsTheSchemaForOlderModels) {
  const char* const tools =
      R"("tools":[{"type":"function","function":{"name":"f","parameters":)"
      R"({"$schema":"s","type":"object","properties":{"a":{"type":["string","null"]}},"additionalProperties":false}}}])";
  EXPECT_EQ(gemini_member("tools", tools, "gemma-3-27b-it"), parse(R"([{"functionDeclarations":[
    {"name":"f","parameters":{"type":"object","properties":{"a":{"type":"string","nullable":true}}}}]}])"));
}

TEST(GeminiTools, LeavesOutParametersThatSayNothing) {
  for (const char* schema : {"{}", R"({"type":"object"})", R"({"type":"object","properties":{},"required":[]})",
                             R"({"type":"object","additionalProperties":false})"}) {
    const std::string tools =
        R"("tools":[{"type":"function","function":{"name":"f","parameters":)" + std::string(schema) + "}}]";
    EXPECT_EQ(gemini_member("tools", tools), parse(R"([{"functionDeclarations":[{"name":"f"}]}])")) << schema;
  }
}

TEST(GeminiTools, KeepsParametersThatAreFree) {
  const std::string tools =
      R"("tools":[{"type":"function","function":{"name":"f","parameters":{"type":"object","additionalProperties":{}}}}])";
  EXPECT_TRUE(gemini_member("tools", tools)[0]["functionDeclarations"][0].contains("parametersJsonSchema"));
}

TEST(GeminiTools, NamesTheSchemaThatCannotBeConverted) {
  const char* const tools =
      R"("tools":[{"type":"function","function":{"name":"f"}},{"type":"function","function":{"name":"g",)"
      R"("parameters":{"type":"object","properties":{"a":{"$ref":"#/$defs/None"}}}}}])";
  EXPECT_EQ(encode_gemini_with(tools, "gemini-1.5-flash").error.param, "tools[1].function.parameters");
}

TEST(GeminiTools, NamesTheSchemaThatIsTooMuchWithThoseBeforeIt) {
  std::string parameters = R"({"type":"object","$defs":{"b":{"x":0)";
  for (int i = 0; i < 400; ++i) parameters += ",\"x" + std::to_string(i) + "\":0";
  parameters += R"(}},"properties":{"a":{})";
  for (int i = 0; i < 130; ++i) parameters += ",\"p" + std::to_string(i) + R"(":{"$ref":"#/$defs/b"})";
  parameters += "}}";
  std::string tools;
  for (int i = 0; i < 30; ++i) {
    tools += std::string(i == 0 ? "" : ",") + R"({"type":"function","function":{"name":"f)" + std::to_string(i) +
             R"(","parameters":)" + parameters + "}}";
  }
  const GeminiRequest sent = encode_gemini_with("\"tools\":[" + tools + "]", "gemini-1.5-flash");
  EXPECT_EQ(status_of(sent.error), 400);
  EXPECT_TRUE(sent.error.param.starts_with("tools[")) << sent.error.param;
  EXPECT_TRUE(sent.error.param.ends_with("].function.parameters")) << sent.error.param;
  EXPECT_NE(sent.error.param, "tools[0].function.parameters");
}

TEST(GeminiTools, TakesDeprecatedFunctions) {
  const GeminiRequest sent =
      encode_gemini_with(R"("functions":[{"name":"f","description":"d"}],"function_call":{"name":"f"})");
  EXPECT_EQ(sent.body["tools"], parse(R"([{"functionDeclarations":[{"name":"f","description":"d"}]}])"));
  EXPECT_EQ(sent.body["toolConfig"], calling(R"({"mode":"ANY","allowedFunctionNames":["f"]})"));
  EXPECT_TRUE(sent.dropped.empty());
}

TEST(GeminiTools, RefusesCustomTools) {
  const GeminiRequest sent = encode_gemini_with(
      R"("tools":[{"type":"function","function":{"name":"f"}},{"type":"custom","custom":{"name":"c"}}])");
  EXPECT_EQ(sent.error.kind, ErrorKind::kUnsupportedParameter);
  EXPECT_EQ(sent.error.param, "tools[1].type");
}

// --- tool_choice ---

TEST(GeminiToolChoice, HasAModeForEveryForm) {
  EXPECT_TRUE(config_of("").is_null());
  EXPECT_EQ(config_of(R"("auto")"), calling(R"({"mode":"AUTO"})"));
  EXPECT_EQ(config_of(R"("none")"), calling(R"({"mode":"NONE"})"));
  EXPECT_EQ(config_of(R"("required")"), calling(R"({"mode":"ANY"})"));
  EXPECT_EQ(config_of(R"({"type":"function","function":{"name":"g"}})"),
            calling(R"({"mode":"ANY","allowedFunctionNames":["g"]})"));
}

TEST(GeminiToolChoice, AllowsSomeTools) {
  const std::string rest = R"("tools":[{"type":"function","function":{"name":"f"}}]}})";
  EXPECT_EQ(config_of(R"({"type":"allowed_tools","allowed_tools":{"mode":"auto",)" + rest),
            calling(R"({"mode":"VALIDATED","allowedFunctionNames":["f"]})"));
  EXPECT_EQ(config_of(R"({"type":"allowed_tools","allowed_tools":{"mode":"required",)" + rest),
            calling(R"({"mode":"ANY","allowedFunctionNames":["f"]})"));
}

TEST(GeminiToolChoice, ValidatesWhereAToolIsStrict) {
  const std::string tools = R"("tools":[{"type":"function","function":{"name":"f","strict":true}}])";
  EXPECT_EQ(config_of("", tools), calling(R"({"mode":"VALIDATED"})"));
  EXPECT_EQ(config_of(R"("auto")", tools), calling(R"({"mode":"VALIDATED"})"));
  EXPECT_EQ(config_of(R"("none")", tools), calling(R"({"mode":"NONE"})"));
}

TEST(GeminiToolChoice, RefusesToolsThatAreNotThere) {
  for (const char* members : {R"("tool_choice":"required")", R"("tools":[],"tool_choice":"required")",
                              R"("tool_choice":{"type":"function","function":{"name":"f"}})",
                              R"("tools":[{"type":"function","function":{"name":"f"}}],
                                 "tool_choice":{"type":"function","function":{"name":"g"}})"}) {
    EXPECT_EQ(encode_gemini_with(members).error.param, "tool_choice") << members;
  }
  EXPECT_FALSE(encode_gemini_with(R"("tool_choice":"auto")").body.contains("toolConfig"));
}

TEST(GeminiToolChoice, NamesParallelCallsThatCannotBeForbidden) {
  EXPECT_EQ(encode_gemini_with(R"("parallel_tool_calls":false)").dropped, Names{"parallel_tool_calls"});
  EXPECT_TRUE(encode_gemini_with(R"("parallel_tool_calls":true)").dropped.empty());
}

// --- the search of Google ---

TEST(GeminiSearch, IsUsedOnlyWhereTheClientAsksForIt) {
  EXPECT_EQ(gemini_member("tools", R"("web_search_options":{})"), parse(R"([{"googleSearch":{}}])"));
  EXPECT_FALSE(encode_gemini_with(kTools).body["tools"].dump().find("googleSearch") != std::string::npos);
}

TEST(GeminiSearch, StandsBesideFunctionsOnNewModels) {
  const std::string members = std::string(kTools) + R"(,"web_search_options":{})";
  const GeminiRequest sent = encode_gemini_with(members, "gemini-3.8-flash");
  EXPECT_EQ(sent.body["tools"].size(), 2u);
  EXPECT_EQ(sent.body["toolConfig"],
            parse(R"({"functionCallingConfig":{"mode":"VALIDATED"},"includeServerSideToolInvocations":true})"));
}

TEST(GeminiSearch, IsDroppedBesideFunctionsOnOlderModels) {
  const std::string members = std::string(kTools) + R"(,"web_search_options":{})";
  const GeminiRequest sent = encode_gemini_with(members, "gemini-2.5-flash");
  EXPECT_EQ(sent.body["tools"].size(), 1u);
  EXPECT_EQ(sent.dropped, Names{"web_search_options"});
  EXPECT_TRUE(encode_gemini_with(R"("web_search_options":{})", "gemini-2.5-flash").dropped.empty());
}

TEST(GeminiSearch, NamesTheOptionsThatGoogleDoesNotHave) {
  const GeminiRequest sent = encode_gemini_with(
      R"("web_search_options":{"search_context_size":"low","user_location":{"type":"approximate"}})");
  EXPECT_EQ(sent.dropped, (Names{"web_search_options.search_context_size", "web_search_options.user_location"}));
}

}  // namespace
}  // namespace onellm::dialects::gemini
