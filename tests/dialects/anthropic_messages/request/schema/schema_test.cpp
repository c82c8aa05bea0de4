#include "dialects/anthropic_messages/request/schema/schema.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace onellm::dialects::anthropic_messages {
namespace {

using Json = nlohmann::json;

Json parse(std::string_view text) { return Json::parse(text, nullptr, false); }

Json input_schema(std::string_view parameters) {
  SplicedText body;
  append_input_schema({parameters}, body);
  return parse(body.finish().flat());
}

Json strict(std::string_view schema, std::string_view description = "") {
  std::string out;
  append_strict_schema({schema}, {description}, out);
  return parse(out);
}

TEST(AnthropicInputSchema, IsAnObjectAtTheRoot) {
  EXPECT_EQ(input_schema(""), parse(R"({"type":"object","properties":{}})"));
  EXPECT_EQ(input_schema(R"({"type":"object","x":1})"), parse(R"({"type":"object","x":1})"));
  EXPECT_EQ(input_schema("{ }"), parse(R"({"type":"object"})"));
  EXPECT_EQ(input_schema(R"({"properties":{"type":{"type":"string"}}})"),
            parse(R"({"type":"object","properties":{"type":{"type":"string"}}})"));
  EXPECT_EQ(input_schema(R"({"type":["null","object"],"x":1})"), parse(R"({"type":"object","x":1})"));
  EXPECT_EQ(input_schema(R"({"type":"string"})"),
            parse(R"({"type":"object","properties":{"value":{"type":"string"}},"required":["value"]})"));
}

TEST(AnthropicInputSchema, TellsOfAUnionAtTheRootInTheDescription) {
  EXPECT_EQ(input_schema(R"({"type":"object","description":"D","properties":{"a":{"anyOf":[{}]}},
                             "anyOf":[{"required":["a"]}],"allOf":[{}]})"),
            parse(R"({"type":"object","properties":{"a":{"anyOf":[{}]}},
                      "description":"D {anyOf: [{\"required\":[\"a\"]}], allOf: [{}]}"})"));
  EXPECT_EQ(input_schema(R"({"oneOf":[{"type":"object"}]})"),
            parse(R"({"type":"object","description":"{oneOf: [{\"type\":\"object\"}]}"})"));
  EXPECT_EQ(input_schema(R"({"type":"array","anyOf":[{}]})"),
            parse(R"({"type":"object","properties":{"value":{"type":"array","anyOf":[{}]}},"required":["value"]})"));
}

TEST(AnthropicInputSchema, KnowsAPlainObject) {
  EXPECT_TRUE(is_plain_object({R"({"type":"object","properties":{"a":{"oneOf":[{}]}}})"}));
  EXPECT_FALSE(is_plain_object({R"({"type":"object","oneOf":[{}]})"}));
  EXPECT_FALSE(is_plain_object({R"({"properties":{}})"}));
  EXPECT_FALSE(is_plain_object({R"({"type":["object","null"]})"}));
}

TEST(AnthropicStrictSchema, ClosesEveryObject) {
  EXPECT_EQ(strict(R"({"type":"object","properties":{"a":{"type":["object","null"],"additionalProperties":true}},
                       "required":["a"],"$defs":{"d":{"properties":{}}}})"),
            parse(R"({"type":"object","properties":{"a":{"type":["object","null"],"additionalProperties":false}},
                      "required":["a"],"$defs":{"d":{"properties":{},"additionalProperties":false}},
                      "additionalProperties":false})"));
}

TEST(AnthropicStrictSchema, KeepsWhatTheDecoderKnows) {
  const char* known = R"({"anyOf":[{"$ref":"#/$defs/d"},{"type":"array","items":{"const":1}}],"title":"t","default":1,
                          "enum":[1],"description":"x"})";
  EXPECT_EQ(strict(known), parse(known));
  EXPECT_EQ(strict(R"({"format":"date-time"})"), parse(R"({"format":"date-time"})"));
}

TEST(AnthropicStrictSchema, SaysInTheDescriptionWhatItCannotKeep) {
  EXPECT_EQ(strict(R"({"type":"string","minLength":1,"pattern":"^\"a\"$","description":"A \"name\"","$schema":"s"})"),
            parse(R"({"type":"string","description":"A \"name\" {minLength: 1, pattern: \"^\\\"a\\\"$\"}"})"));
  EXPECT_EQ(strict(R"({"format":"phone"})"), parse(R"({"description":"{format: \"phone\"}"})"));
  EXPECT_EQ(strict(R"({"items":[{"type":"string"}]})"), parse(R"({"description":"{items: [{\"type\":\"string\"}]}"})"));
}

TEST(AnthropicStrictSchema, TakesAllOfWithOneReferenceForTheReference) {
  EXPECT_EQ(strict(R"({"allOf":[{"$ref":"#/$defs/d"}],"description":"x"})"),
            parse(R"({"$ref":"#/$defs/d","description":"x"})"));
  EXPECT_EQ(strict(R"({"allOf":[{"type":"string"}]})"), parse(R"({"allOf":[{"type":"string"}]})"));
}

TEST(AnthropicStrictSchema, TakesOneOfForAnyOf) {
  EXPECT_EQ(strict(R"({"oneOf":[{"type":"string"},true]})"), parse(R"({"anyOf":[{"type":"string"},{}]})"));
  EXPECT_EQ(strict(R"({"anyOf":[{"const":1}],"oneOf":[{"const":2}]})"),
            parse(R"({"anyOf":[{"const":1}],"description":"{oneOf: [{\"const\":2}]}"})"));
}

TEST(AnthropicStrictSchema, LeavesPropertiesAloneThatAreNamedLikeKeywords) {
  EXPECT_EQ(strict(R"({"type":"object","properties":{"minimum":{"type":"integer"},"format":{"type":"string"}}})"),
            parse(R"({"type":"object","properties":{"minimum":{"type":"integer"},"format":{"type":"string"}},
                      "additionalProperties":false})"));
}

TEST(AnthropicStrictSchema, HasTheDescriptionOfTheWholeWhereItHasNoneItself) {
  EXPECT_EQ(strict(R"({"type":"string"})", "D"), parse(R"({"type":"string","description":"D"})"));
  EXPECT_EQ(strict(R"({"type":"string","description":"own"})", "D"), parse(R"({"type":"string","description":"own"})"));
}

}  // namespace
}  // namespace onellm::dialects::anthropic_messages
