#include "dialects/common/schema/strict_schema.h"

#include <gtest/gtest.h>

#include <string>

namespace onellm::dialects {
namespace {

bool may_be(const std::string& schema) { return may_be_strict({schema}); }

TEST(StrictSchema, HasClosedObjectsWithRequiredProperties) {
  EXPECT_TRUE(may_be(R"({"type":"object","properties":{},"required":[],"additionalProperties":false})"));
  EXPECT_TRUE(may_be(R"({"type":"object","properties":{},"additionalProperties":false})"));
  EXPECT_TRUE(may_be(
      R"({"$schema":"x","type":"object","description":"d","properties":{"a":{"type":["string","null"],"enum":["x",null]},
    "b":{"type":"array","items":{"type":"object","properties":{"c":{"type":"number","minimum":1}},"required":["c"],"additionalProperties":false}},
    "d":{"anyOf":[{"type":"string","format":"date"},{"$ref":"#/$defs/e"}]}},"required":["d","a","b"],"additionalProperties":false,
    "$defs":{"e":{"type":"object","properties":{},"required":[],"additionalProperties":false}}})"));
}

TEST(StrictSchema, HasNothingThatOpenaiRefuses) {
  EXPECT_FALSE(may_be(R"({"type":"object","properties":{"a":{"type":"string"}},"required":["a"]})"));
  EXPECT_FALSE(
      may_be(R"({"type":"object","properties":{"a":{"type":"string"}},"required":["a"],"additionalProperties":true})"));
  EXPECT_FALSE(may_be(R"({"type":"object","properties":{"a":{"type":"string"}},"additionalProperties":false})"));
  EXPECT_FALSE(may_be(
      R"({"type":"object","properties":{"a":{"type":"string"}},"required":["a","b"],"additionalProperties":false})"));
  EXPECT_FALSE(
      may_be(R"({"type":"object","properties":{"a":{"allOf":[]}},"required":["a"],"additionalProperties":false})"));
  EXPECT_FALSE(may_be(
      R"({"type":"object","properties":{"a":{"type":"string","format":"uri"}},"required":["a"],"additionalProperties":false})"));
  EXPECT_FALSE(may_be(
      R"({"type":"object","properties":{"a":{"type":"object"}},"required":["a"],"additionalProperties":false})"));
  EXPECT_FALSE(may_be(
      R"({"type":"object","properties":{"a":{"properties":{"b":{}}}},"required":["a"],"additionalProperties":false})"));
  EXPECT_FALSE(may_be(R"({"type":"array","items":{"type":"string"}})"));
  EXPECT_FALSE(may_be(R"({"anyOf":[{"type":"object","properties":{},"additionalProperties":false}]})"));
  EXPECT_FALSE(may_be("true"));
  EXPECT_FALSE(may_be("{}"));
}

TEST(StrictSchema, HasALimitedDepth) {
  std::string schema = R"({"type":"object","properties":{},"additionalProperties":false})";
  for (int i = 0; i < 60; ++i) {
    schema = R"({"type":"object","properties":{"a":)" + schema + R"(},"required":["a"],"additionalProperties":false})";
    EXPECT_EQ(may_be(schema), i < 10) << i;
  }
}

}  // namespace
}  // namespace onellm::dialects
