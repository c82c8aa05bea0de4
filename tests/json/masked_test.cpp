#include "json/masked.h"

#include <gtest/gtest.h>

#include "base/limits.h"
#include "base/text.h"
#include "json/reader.h"

namespace onellm::json {
namespace {

// Hides "key", and any text right behind "password:".
std::string masked(std::string_view text, std::string_view before) {
  if (before.ends_with("password:")) return "***";
  return replace_all(text, "key", "***");
}

std::string members(std::string_view text) {
  const auto mask = [](std::string_view part, std::string_view before) { return masked(part, before); };
  return masked_members({text}, mask);
}

std::string text(std::string_view plain) {
  const auto mask = [](std::string_view part, std::string_view before) { return masked(part, before); };
  return masked_text(plain, mask);
}

TEST(MaskedJson, LeavesTheRestByteForByte) {
  for (const char* same : {"", R"("a":1)", R"("a" : [ 1.50 , -0e+1,true,null ], "\u0061":{ },"b":[])",
                           R"("a":"\u00e9\/\ud800\n\"")", R"("a":"{\"b\": [1, 2]}","c":"{ no json")"}) {
    EXPECT_EQ(members(same), same);
  }
}

TEST(MaskedJson, HidesInStringsAsTheyRead) {
  EXPECT_EQ(members(R"("a":"\n\u006bey\t")"), R"("a":"\n***\t")");
  EXPECT_EQ(members(R"("a":["x",{"b":"a key"}],"c":"key")"), R"("a":["x",{"b":"a ***"}],"c":"***")");
}

TEST(MaskedJson, HidesInNames) { EXPECT_EQ(members(R"("k\u0065ys":{"key":1})"), R"("***s":{"***":1})"); }

TEST(MaskedJson, MakesAStringOfANumberThatIsHidden) {
  EXPECT_EQ(members(R"("password":12345678,"b":1)"), R"("password":"***","b":1)");
  EXPECT_EQ(members(R"("password":[1, 2.5e3,{"b":3}])"), R"("password":["***", "***",{"b":3}])");
}

TEST(MaskedJson, KeepsJsonInAStringJson) {
  EXPECT_EQ(members(R"("raw":"{\"password\":\"\\nabc\",\"b\":[7]}")"), R"("raw":"{\"password\":\"***\",\"b\":[7]}")");
  EXPECT_EQ(members(R"("raw":"{\"raw\":\"{\\\"a\\\":\\\"\\\\u006bey\\\"}\"}")"),
            R"("raw":"{\"raw\":\"{\\\"a\\\":\\\"***\\\"}\"}")");
  EXPECT_EQ(text(R"( {"password":12345678})"), R"( {"password":"***"})");
  EXPECT_EQ(text(R"({"a key)"), R"({"a ***)");
}

TEST(MaskedJson, ShowsTheMaskWhatAReaderHasReadBefore) {
  std::vector<std::string> seen;
  const auto note = [&seen](std::string_view part, std::string_view before) {
    seen.push_back(std::string(before) + "|" + std::string(part));
    return std::string(part);
  };
  EXPECT_EQ(masked_members({R"("a":["b",{"c":1}],"d":"[2]")"}, note), R"("a":["b",{"c":1}],"d":"[2]")");
  EXPECT_EQ(seen, (std::vector<std::string>{"{|a", "{a:a:|b", "{a:a:b,a:{|c", "{a:a:b,a:{c:|1", "{a:a:b,a:{c:1,,,|d",
                                            "{a:a:b,a:{c:1,,,d:|2"}));
}

TEST(MaskedJson, HasNoMembersWhereTheyNestTooDeeply) {
  const std::string deep = std::string(kJsonDepthMax, '[') + std::string(kJsonDepthMax, ']');
  EXPECT_EQ(members(R"("a":)" + deep), "");
  EXPECT_EQ(members(R"("a":)" + deep.substr(1, deep.size() - 2)), R"("a":)" + deep.substr(1, deep.size() - 2));
  // In a string it is a text like any other.
  std::string nested = deep.substr(1, deep.size() - 2);
  nested.insert(nested.size() / 2, "\\\"key\\\"");
  EXPECT_EQ(members(R"("a":[[")" + nested + R"("]])"), R"("a":[[")" + replace_all(nested, "key", "***") + R"("]])");
}

}  // namespace
}  // namespace onellm::json
