#include "dialects/gemini/reply/partial_arguments.h"

#include <gtest/gtest.h>

#include "json/reader.h"

namespace onellm::dialects::gemini {
namespace {

// What the pieces add up to; "no" where one of them is refused.
std::string join(const std::vector<std::string>& pieces) {
  PartialArguments arguments;
  std::string out;
  for (const std::string& piece : pieces) {
    if (!arguments.add({piece}, out)) return "no";
  }
  arguments.close(out);
  EXPECT_TRUE(json::is_valid(out)) << out;
  return out;
}

std::string number(const std::string& path, int value = 1) {
  return R"([{"jsonPath":")" + path + R"(","numberValue":)" + std::to_string(value) + "}]";
}

TEST(PartialArguments, WithoutAnyAreTheEmptyObject) {
  EXPECT_EQ(join({}), "{}");
  EXPECT_EQ(join({"[]"}), "{}");
}

TEST(PartialArguments, JoinTexts) {
  EXPECT_EQ(join({R"([{"jsonPath":"$.a","stringValue":"x","willContinue":true}])",
                  R"([{"jsonPath":"$.a","stringValue":"\"y","willContinue":true}])",
                  R"([{"jsonPath":"$.a","stringValue":""},{"jsonPath":"$.b","boolValue":true}])"}),
            R"({"a":"x\"y","b":true})");
}

TEST(PartialArguments, EndATextThatTheNextValueCutsOff) {
  EXPECT_EQ(join({R"([{"jsonPath":"$.a","stringValue":"x","willContinue":true}])", number("$.b")}),
            R"({"a":"x","b":1})");
  EXPECT_EQ(join({R"([{"jsonPath":"$.a","stringValue":"x","willContinue":true}])"}), R"({"a":"x"})");
}

TEST(PartialArguments, GoOnWithATextThatDidNotSayThatItGoesOn) {
  const std::string piece = R"([{"jsonPath":"$.a","stringValue":"x"}])";
  EXPECT_EQ(join({piece, piece, R"([{"jsonPath":"$.a"}])", number("$.b"), R"([{"jsonPath":"$.b"}])"}),
            R"({"a":"xx","b":1})");
}

TEST(PartialArguments, FollowTheirPlaces) {
  EXPECT_EQ(join({number("$.a.b.c"), number("$.a.d"), number("$.e")}), R"({"a":{"b":{"c":1},"d":1},"e":1})");
  EXPECT_EQ(join({number("$.a[0]"), number("$.a[1]", 2), number("$.b[0][0]", 3)}), R"({"a":[1,2],"b":[[3]]})");
  EXPECT_EQ(join({number("$.a[0].x"), number("$.a[0].y"), number("$.a[1].x")}), R"({"a":[{"x":1,"y":1},{"x":1}]})");
  EXPECT_EQ(join({number("$['a b']"), number("$[\\\"c.d\\\"].e"), number("$['\\\"'][0]")}),
            R"({"a b":1,"c.d":{"e":1},"\"":[1]})");
}

TEST(PartialArguments, RefusePlacesThatAreNoneOrDoNotFit) {
  for (const char* path : {"", "$", "a", "$.", "$a", "$..a", "$[", "$[]", "$['a", "$[0", "$.a["}) {
    EXPECT_EQ(join({number(path)}), "no") << path;
  }
  EXPECT_EQ(join({number("$.a"), number("$.a")}), "no");
  EXPECT_EQ(join({number("$.a"), number("$.a.b")}), "no");
  EXPECT_EQ(join({number("$.a.b"), number("$.a")}), "no");
  EXPECT_EQ(join({number("$.a.b"), number("$.a[0]")}), "no");
  EXPECT_EQ(join({"7"}), "no");
  std::string deep = "$";
  for (int depth = 0; depth < 200; ++depth) deep += "[0]";
  EXPECT_EQ(join({number(deep)}), "no");
}

}  // namespace
}  // namespace onellm::dialects::gemini
