#include "dialects/anthropic_messages/request/schema/fit.h"

#include <gtest/gtest.h>

#include "dialects/anthropic_messages/encoding_support.h"

namespace onellm::dialects::anthropic_messages {
namespace {

bool fits(const char* schema, SchemaUse use = SchemaUse::kFormat) { return measure_schema({schema}, use).fits; }

std::string strict_tool(const std::string& name, const std::string& parameters) {
  return R"({"type":"function","function":{"name":")" + name + R"(","strict":true,"parameters":)" + parameters + "}}";
}

size_t strict_tools(const Encoded& encoded) {
  size_t count = 0;
  for (const Json& tool : member_of(encoded, "tools")) count += tool.contains("strict");
  return count;
}

TEST(AnthropicSchemaFit, KeepsWhatTheApiCanCompile) {
  EXPECT_TRUE(fits(R"({"type":"object","properties":{"a":{"type":"string"}}})"));
  EXPECT_TRUE(
      fits(R"({"type":"object","properties":{"a":{"$ref":"#/$defs/b"}},"$defs":{"b":{"$ref":"#/$defs/c"},"c":{}}})"));
  EXPECT_TRUE(
      fits(R"({"type":"array","items":{"allOf":[{"$ref":"#/definitions/b"}]},"definitions":{"b":{"enum":[1]}}})"));
  EXPECT_TRUE(fits(R"({"type":"object","properties":{},"additionalProperties":false})"));
  EXPECT_TRUE(fits(R"({"type":"object","properties":{"a":{}},"additionalProperties":true})"));
}

TEST(AnthropicSchemaFit, GivesUpMaps) {
  EXPECT_FALSE(fits(R"({"type":"object","additionalProperties":{"type":"number"}})"));
  EXPECT_FALSE(fits(R"({"type":"object","properties":{"a":{"type":"object"}}})"));
  EXPECT_FALSE(fits(R"({"items":{"type":["object","null"],"additionalProperties":true}})"));
  EXPECT_FALSE(fits(R"({"anyOf":[{"type":"object","patternProperties":{"^a":{}}},{"type":"null"}]})"));
  EXPECT_FALSE(fits(R"({"type":"object","properties":{"a":{}},"additionalProperties":{"type":"string"}})"));
  EXPECT_FALSE(fits(R"({"$defs":{"a":{"type":"object"}}})"));
}

TEST(AnthropicSchemaFit, TakesAnObjectWithoutPropertiesForAToolWithoutParameters) {
  EXPECT_TRUE(fits(R"({"type":"object"})", SchemaUse::kTool));
  EXPECT_FALSE(fits(R"({"type":"object"})", SchemaUse::kFormat));
  EXPECT_FALSE(fits(R"({"type":"object","additionalProperties":{}})", SchemaUse::kTool));
}

TEST(AnthropicSchemaFit, GivesUpRecursion) {
  EXPECT_FALSE(fits(R"({"$ref":"#/$defs/a","$defs":{"a":{"items":{"$ref":"#/$defs/a"}}}})"));
  EXPECT_FALSE(fits(R"({"$defs":{"a":{"items":{"$ref":"#/$defs/b"}},"b":{"anyOf":[{"$ref":"#/$defs/a"}]}}})"));
  EXPECT_FALSE(fits(R"({"type":"object","properties":{"a":{"$ref":"#"}}})"));
}

TEST(AnthropicSchemaFit, GivesUpReferencesThatTheApiCannotFollow) {
  EXPECT_FALSE(fits(R"({"$ref":"https://a.b/c.json"})"));
  EXPECT_FALSE(fits(R"({"properties":{"a":{"type":"string"},"b":{"$ref":"#/properties/a"}}})"));
  EXPECT_FALSE(fits(R"({"allOf":[{"$ref":"#/$defs/a"},{"type":"object","properties":{"b":{}}}],"$defs":{"a":{}}})"));
}

TEST(AnthropicSchemaFit, CountsWhatTheApiLimits) {
  const SchemaFit fit = measure_schema({R"({"type":"object","properties":{"a":{"type":["string","null"]},
      "b":{"anyOf":[{},{}]},"c":{"type":"object","properties":{"d":{},"e":{}},"required":["e"]}},"required":["a"]})"},
                                       SchemaUse::kTool);
  EXPECT_TRUE(fit.fits);
  EXPECT_EQ(fit.optional, 3u);
  EXPECT_EQ(fit.unions, 2u);
}

TEST(AnthropicSchemaFit, KeepsAsManyToolsStrictAsTheRequestMayHave) {
  std::string tools;
  for (int i = 0; i < 21; ++i) {
    tools += strict_tool("f" + std::to_string(i), R"({"type":"object","properties":{"a":{}},"required":["a"]})") + ",";
  }
  tools.pop_back();
  const Encoded encoded = encode("claude-sonnet-5", "\"tools\":[" + tools + "]");
  EXPECT_EQ(encoded.body["tools"].size(), 21u);
  EXPECT_EQ(strict_tools(encoded), 20u);
  EXPECT_EQ(encoded.dropped, Names{"tools[].function.strict"});
}

TEST(AnthropicSchemaFit, SharesTheRoomAmongToolsAndTheFormat) {
  std::string properties;
  for (int i = 0; i < 13; ++i) properties += "\"p" + std::to_string(i) + "\":{},";
  properties.pop_back();
  const std::string schema = R"({"type":"object","properties":{)" + properties + "}}";
  const Encoded encoded =
      encode("claude-sonnet-5", R"("response_format":{"type":"json_schema","json_schema":{"name":"n","schema":)" +
                                    schema + R"(}},"tools":[)" + strict_tool("f", schema) + "," +
                                    strict_tool("g", R"({"type":"object","properties":{"a":{}}})") + "]");
  EXPECT_TRUE(encoded.body["output_config"].contains("format"));
  EXPECT_FALSE(encoded.body["tools"][0].contains("strict"));
  EXPECT_TRUE(encoded.body["tools"][1].contains("strict"));
  EXPECT_EQ(encoded.dropped, Names{"tools[].function.strict"});
}

TEST(AnthropicSchemaFit, AsksInWordsForAFormatThatCannotBeCompiled) {
  const Encoded encoded =
      encode("claude-sonnet-5", R"("response_format":{"type":"json_schema","json_schema":{"name":"n",
      "schema":{"type":"object","additionalProperties":{"type":"number"}}}})");
  EXPECT_FALSE(encoded.body.contains("output_config"));
  EXPECT_EQ(encoded.dropped, Names{"response_format"});
  EXPECT_NE(encoded.body["system"].dump().find("additionalProperties"), std::string::npos);
}

}  // namespace
}  // namespace onellm::dialects::anthropic_messages
