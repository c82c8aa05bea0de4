#include "dialects/gemini/reply/annotations/text_map.h"

#include <gtest/gtest.h>

#include <string>

#include "base/limits.h"

namespace onellm::dialects::gemini {
namespace {

// The map says for every byte where a character begins how many characters stand before it.
void expect_right(std::initializer_list<const char*> pieces) {
  TextMap map;
  std::string plain;
  for (const char* piece : pieces) {
    map.append({piece});
    plain += json::unescape({piece});
  }
  EXPECT_EQ(map.bytes(), static_cast<int64_t>(plain.size())) << plain;
  int64_t characters = 0;
  for (size_t at = 0; at < plain.size(); ++at) {
    if ((plain[at] & 0xC0) == 0x80) continue;
    EXPECT_EQ(map.characters_before(static_cast<int64_t>(at)), characters) << plain << " at byte " << at;
    ++characters;
  }
  EXPECT_EQ(map.characters_before(map.bytes()), characters) << plain;
  EXPECT_EQ(map.characters_before(map.bytes() + 7), characters) << plain;
  EXPECT_EQ(map.characters_before(-1), 0);
}

TEST(TextMap, CountsCharactersOfAnyWidth) {
  expect_right({});
  expect_right({"plain", " text"});
  expect_right({"Grüße aus Österreich – 世界 😀."});
  expect_right({"世", "界世界", "a", "ä", "äa"});
  expect_right({"😀😀", "x😀"});
}

TEST(TextMap, CountsEscapesAsWhatTheyMean) {
  expect_right({R"(a\n\"\\\/\u0041b)"});
  expect_right({R"(\u00e4\u4e16\ud83d\ude00x)"});
  expect_right({R"(\u003c\u00E4\uD83D\uDE00\uFFFD)"});
}

TEST(TextMap, TakesTheHalvesOfACharacterApart) {
  TextMap map;
  map.append({R"(a\ud83d)"});
  map.append({R"(\ude00b)"});
  EXPECT_EQ(map.bytes(), 6);
  EXPECT_EQ(map.characters_before(5), 2);
  EXPECT_EQ(map.characters_before(6), 3);
}

TEST(TextMap, GivesUpWhereTheWidthChangesTooOften) {
  TextMap map;
  for (size_t i = 0; i < kTextRunsMax / 2; ++i) map.append({"äa"});
  EXPECT_TRUE(map.knows());
  map.append({"äa"});
  EXPECT_FALSE(map.knows());
}

}  // namespace
}  // namespace onellm::dialects::gemini
