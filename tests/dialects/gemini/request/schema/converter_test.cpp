#include "dialects/gemini/request/schema/converter.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>

namespace onellm::dialects::gemini {
namespace {

using Json = nlohmann::json;

Json convert(const std::string& schema) {
  std::string out;
  SchemaBudget budget;
  const char* const complaint = convert_schema({schema}, budget, out);
  EXPECT_EQ(complaint, nullptr) << schema;
  const Json tree = Json::parse(out, nullptr, false);
  EXPECT_FALSE(tree.is_discarded()) << out;
  return tree;
}

std::string complaint_of(const std::string& schema) {
  std::string out;
  SchemaBudget budget;
  const char* const complaint = convert_schema({schema}, budget, out);
  return complaint == nullptr ? "" : complaint;
}

struct Case {
  const char* why;
  const char* schema;
  const char* converted;
};

void expect_all(std::initializer_list<Case> cases) {
  for (const Case& c : cases) EXPECT_EQ(convert(c.schema), Json::parse(c.converted, nullptr, false)) << c.why;
}

TEST(GeminiSchema, KeepsWhatTheSubsetHas) {
  const std::string same = R"({"type":"object","title":"t","description":"d","properties":{
    "s":{"type":"string","minLength":1,"maxLength":9,"pattern":"^a\\d$","format":"date-time","default":"x"},
    "n":{"type":"number","minimum":0.50,"maximum":1e3,"format":"double","example":{"any":["thing",null,1]}},
    "i":{"type":"integer","format":"int32"},"b":{"type":"boolean","nullable":true},
    "e":{"type":"string","enum":["a","b"]},
    "l":{"type":"array","items":{"type":"string"},"minItems":1,"maxItems":2},
    "o":{"type":"object","properties":{"x":{"type":"string"}},"minProperties":1,"maxProperties":2},
    "u":{"anyOf":[{"type":"string"},{"type":"integer"}]}},
    "required":["s","n"],"propertyOrdering":["n","s"]})";
  EXPECT_EQ(convert(same), Json::parse(same, nullptr, false));
}

TEST(GeminiSchema, LeavesOutWhatItDoesNotHave) {
  expect_all({
      {"keywords of JSON Schema",
       R"({"$schema":"s","$id":"i","$comment":"c","type":"object","properties":{"a":{"type":"string","readOnly":true,
           "contentEncoding":"x","examples":["a"]}},"additionalProperties":false,"patternProperties":{"x":{}},
           "if":{},"then":{},"not":{},"definitions":{"d":{}},"unevaluatedProperties":false})",
       R"({"type":"object","properties":{"a":{"type":"string"}}})"},
      {"formats of other kinds", R"({"type":"string","format":"uri"})", R"({"type":"string"})"},
      {"keywords of another type", R"({"type":"string","minimum":1,"items":{}})", R"({"type":"string"})"},
      {"values of a wrong type", R"({"type":"string","minLength":"1","title":5,"enum":"a"})", R"({"type":"string"})"},
      {"an empty object of properties", R"({"type":"object","properties":{}})", R"({"type":"object"})"},
      {"required names that are no property", R"({"type":"object","properties":{"a":{}},"required":["a","b",1]})",
       R"({"type":"object","properties":{"a":{}},"required":["a"]})"},
      {"schemas that are true or false", R"({"type":"object","properties":{"a":true,"b":false}})",
       R"({"type":"object","properties":{"a":{},"b":{}}})"},
  });
}

TEST(GeminiSchema, KeepsPropertiesThatLookLikeKeywords) {
  const std::string same = R"({"type":"object","properties":{"type":{"type":"string"},"const":{"type":"integer"},
    "$ref":{"type":"string"},"enum":{"type":"array","items":{"type":"string"}},"anyOf":{"type":"boolean"},
    "additionalProperties":{"type":"string"},"properties":{"type":"object","properties":{"items":{"type":"string"}}},
    "required":{"type":"string"},"default":{"type":"string"}},"required":["type","required","$ref"]})";
  EXPECT_EQ(convert(same), Json::parse(same, nullptr, false));
}

TEST(GeminiSchema, MakesEnumsOfStrings) {
  expect_all({
      {"const", R"({"const":"x"})", R"({"type":"string","enum":["x"]})"},
      {"const of a number", R"({"type":"integer","const":5})", R"({"type":"integer","format":"enum","enum":["5"]})"},
      {"numbers", R"({"enum":[1,2.5]})", R"({"type":"number","format":"enum","enum":["1","2.5"]})"},
      {"integers", R"({"enum":[1,2]})", R"({"type":"integer","format":"enum","enum":["1","2"]})"},
      {"booleans", R"({"type":"boolean","enum":[true]})", R"({"type":"boolean","format":"enum","enum":["true"]})"},
      {"null among them", R"({"type":"string","enum":["a",null]})",
       R"({"type":"string","nullable":true,"enum":["a"]})"},
      {"mixed", R"({"enum":["a",1,null]})",
       R"({"nullable":true,"anyOf":[{"type":"string","enum":["a"]},{"type":"integer","format":"enum","enum":["1"]}]})"},
      {"an empty text", R"({"type":"string","enum":["","a"]})", R"({"type":"string","enum":["a"]})"},
      {"objects", R"({"enum":[{"a":1}]})", "{}"},
  });
}

TEST(GeminiSchema, MakesNullsAndListsOfTypesNullableAndChoices) {
  expect_all({
      {"a type and null", R"({"type":["string","null"],"minLength":1})",
       R"({"type":"string","nullable":true,"minLength":1})"},
      {"several types", R"({"description":"d","type":["string","array"],"items":{"type":"integer"},"maxLength":3})",
       R"({"description":"d","anyOf":[{"type":"string","maxLength":3},{"type":"array","items":{"type":"integer"}}]})"},
      {"optional", R"({"anyOf":[{"type":"string","maxLength":3},{"type":"null"}],"default":null,"title":"T"})",
       R"({"type":"string","maxLength":3,"nullable":true,"default":null,"title":"T"})"},
      {"several and null", R"({"oneOf":[{"type":"string"},{"const":null},{"type":"integer"}]})",
       R"({"nullable":true,"anyOf":[{"type":"string"},{"type":"integer"}]})"},
      {"null alone", R"({"type":"null","description":"d"})", R"({"type":"null","description":"d"})"},
  });
}

TEST(GeminiSchema, TellsATypeFromOtherKeywords) {
  expect_all({
      {"properties", R"({"properties":{"a":{"type":"string"}}})",
       R"({"type":"object","properties":{"a":{"type":"string"}}})"},
      {"items", R"({"items":{"type":"string"}})", R"({"type":"array","items":{"type":"string"}})"},
      {"nothing", R"({"description":"any"})", R"({"description":"any"})"},
  });
}

TEST(GeminiSchema, SaysSomethingOfTheItemsOfEveryArray) {
  expect_all({
      {"nothing known", R"({"type":"array"})", R"({"type":"array","items":{}})"},
      {"a tuple", R"({"type":"array","prefixItems":[{"type":"string"},{"type":"integer"}],"items":false})",
       R"({"type":"array","items":{"anyOf":[{"type":"string"},{"type":"integer"}]}})"},
      {"a tuple of one", R"({"items":[{"type":"string"}]})", R"({"type":"array","items":{"type":"string"}})"},
  });
}

TEST(GeminiSchema, ConvertsExclusiveBounds) {
  expect_all({
      {"alone", R"({"type":"integer","exclusiveMinimum":0})", R"({"type":"integer","minimum":0})"},
      {"beside the other", R"({"type":"number","minimum":2,"exclusiveMinimum":0,"exclusiveMaximum":9})",
       R"({"type":"number","minimum":2,"maximum":9})"},
      {"the old form", R"({"type":"number","minimum":2,"exclusiveMinimum":true})", R"({"type":"number","minimum":2})"},
  });
}

TEST(GeminiSchema, InlinesReferences) {
  expect_all({
      {"$defs", R"({"type":"object","properties":{"p":{"$ref":"#/$defs/P","description":"mine"}},
                    "$defs":{"P":{"type":"string","description":"theirs"}}})",
       R"({"type":"object","properties":{"p":{"type":"string","description":"mine"}}})"},
      {"twice, and in a chain", R"({"type":"object","properties":{"a":{"$ref":"#/definitions/A"},
          "b":{"$ref":"#/definitions/A"}},"definitions":{"A":{"$ref":"#/definitions/B"},"B":{"type":"integer"}}})",
       R"({"type":"object","properties":{"a":{"type":"integer"},"b":{"type":"integer"}}})"},
      {"at the root", R"({"$ref":"#/$defs/R","$defs":{"R":{"type":"object","properties":{"x":{"type":"string"}}}}})",
       R"({"type":"object","properties":{"x":{"type":"string"}}})"},
      {"to a place", R"({"type":"object","properties":{"a":{"type":"string"},"b":{"$ref":"#/properties/a"}}})",
       R"({"type":"object","properties":{"a":{"type":"string"},"b":{"type":"string"}}})"},
      {"with escapes", R"({"$ref":"#/$defs/a~1b~0c%3Cd%3E/1","$defs":{"a/b~c<d>":[0,{"type":"string"}]}})",
       R"({"type":"string"})"},
      {"one that a base and a member share",
       R"({"allOf":[{"$ref":"#/$defs/B"}],"properties":{"x":{"$ref":"#/$defs/B"}},
           "$defs":{"B":{"type":"object","properties":{"y":{"type":"string"}}}}})",
       R"({"type":"object","properties":{"x":{"type":"object","properties":{"y":{"type":"string"}}},
           "y":{"type":"string"}}})"},
  });
}

TEST(GeminiSchema, MergesAllOf) {
  expect_all({{"properties and required",
               R"({"allOf":[{"type":"object","properties":{"a":{"type":"string"}},"required":["a"]},
                   {"properties":{"b":{"type":"integer"},"a":{"type":"integer"}},"required":["b","a"]}],"title":"T"})",
               R"({"type":"object","title":"T","properties":{"a":{"type":"string"},"b":{"type":"integer"}},
                   "required":["a","b"]})"}});
}

// --- what has no end ---

TEST(GeminiSchema, RefusesRecursion) {
  EXPECT_NE(complaint_of(R"({"properties":{"child":{"$ref":"#"}}})").find("$ref"), std::string::npos);
  EXPECT_NE(complaint_of(R"({"$ref":"#/$defs/A","$defs":{"A":{"items":{"$ref":"#/$defs/B"}},
                             "B":{"anyOf":[{"$ref":"#/$defs/A"},{"type":"string"}]}}})"),
            "");
  EXPECT_EQ(convert(R"({"$ref":"#","type":"string"})"), Json({{"type", "string"}}));  // Says nothing of itself.
}

TEST(GeminiSchema, RefusesReferencesToElsewhere) {
  for (const char* reference : {"https://a.b/c.json", "#/$defs/None", "#name", "#/properties/a/x/y", "other.json#/a"}) {
    const std::string schema = R"({"properties":{"a":{"$ref":")" + std::string(reference) + "\"}}}";
    EXPECT_EQ(complaint_of(schema), "holds a $ref that does not point into it") << reference;
  }
}

TEST(GeminiSchema, IsBounded) {
  // Ten times as many at each step.
  std::string doubling = R"({"$ref":"#/$defs/d9","$defs":{"d0":{"type":"string"})";
  for (int i = 1; i < 10; ++i) {
    doubling += R"(,"d)" + std::to_string(i) + R"(":{"properties":{)";
    for (int k = 0; k < 10; ++k) {
      doubling += std::string(k == 0 ? "" : ",") + '"' + static_cast<char>('a' + k) + R"(":{"$ref":"#/$defs/d)" +
                  std::to_string(i - 1) + "\"}";
    }
    doubling += "}}";
  }
  EXPECT_NE(complaint_of(doubling + "}}").find("too large"), std::string::npos);

  std::string chain = R"({"$ref":"#/$defs/d999","$defs":{"d0":{"type":"string"})";
  for (int i = 1; i < 1000; ++i) {
    chain += R"(,"d)" + std::to_string(i) + R"(":{"$ref":"#/$defs/d)" + std::to_string(i - 1) + "\"}";
  }
  EXPECT_NE(complaint_of(chain + "}}").find("too large"), std::string::npos);

  std::string deep = "{}";
  for (int i = 0; i < 40; ++i) deep = R"({"items":)" + deep + "}";
  EXPECT_NE(complaint_of(deep).find("too deeply"), std::string::npos);

  std::string wide = R"({"enum":["a")";
  for (int i = 0; i < 9000; ++i) wide += R"(,"b")";
  EXPECT_EQ(complaint_of(wide + "]}"), "holds too many values");
}

std::string with_references(size_t members, size_t references) {
  std::string schema = R"({"type":"object","$defs":{"b":{"x":0)";
  for (size_t i = 0; i < members; ++i) schema += ",\"x" + std::to_string(i) + "\":0";
  schema += R"(}},"properties":{"a":{})";
  for (size_t i = 0; i < references; ++i) schema += ",\"p" + std::to_string(i) + R"(":{"$ref":"#/$defs/b"})";
  return schema + "}}";
}

TEST(GeminiSchema, LooksAtEachValueOnlySoOften) {
  EXPECT_EQ(complaint_of(with_references(50, 500)), "");
  EXPECT_NE(complaint_of(with_references(4000, 1300)).find("too large"), std::string::npos);
}

// What is looked at, and what it grows by, is counted over all schemas of a request.
TEST(GeminiSchema, SharesItsBudgetWithTheSchemasBefore) {
  std::string text(2000, 'd');
  const std::string grows = R"({"type":"object","$defs":{"b":{"description":")" + text +
                            R"("}},"properties":{"a":{"$ref":"#/$defs/b"},)" +
                            R"("b":{"$ref":"#/$defs/b"},"c":{"$ref":"#/$defs/b"}}})";
  for (const std::string& schema : {with_references(50, 500), grows}) {
    SchemaBudget budget;
    size_t good = 0;
    const char* complaint = nullptr;
    for (std::string out; good < 1000 && complaint == nullptr; out.clear(), ++good) {
      complaint = convert_schema({schema}, budget, out);
    }
    EXPECT_GT(good, 2U);
    ASSERT_NE(complaint, nullptr);
    EXPECT_EQ(std::string(complaint), "is too large, with the schemas before it, once its $refs are inlined");
  }
}

TEST(GeminiSchema, HasRoomForManyOrdinarySchemas) {
  std::string schema = R"({"type":"object","$defs":{"b":{"type":"object","properties":{"y":{"type":"string"}}}},)"
                       R"("required":["p0","p1"],"properties":{"a":{"$ref":"#/$defs/b"})";
  for (size_t i = 0; i < 20; ++i) {
    schema += ",\"p" + std::to_string(i) + R"(":{"type":"string","description":")" + std::string(200, 'd') + "\"}";
  }
  schema += "}}";
  SchemaBudget budget;
  for (size_t i = 0; i < 512; ++i) {
    std::string out;
    ASSERT_EQ(convert_schema({schema}, budget, out), nullptr) << i;
  }
}

}  // namespace
}  // namespace onellm::dialects::gemini
