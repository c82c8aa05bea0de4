#include "json/raw.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>

#include "json/reader.h"

namespace onellm::json {
namespace {

using namespace std::string_literals;

const std::string kReplacement = "\xEF\xBF\xBD";

TEST(JsonEscape, EscapesWhatMustNotStandInAString) {
  EXPECT_EQ(escape("plain"), "plain");
  EXPECT_EQ(escape(R"(a"b\c)"), R"(a\"b\\c)");
  EXPECT_EQ(escape("\b\f\n\r\t"), R"(\b\f\n\r\t)");
  EXPECT_EQ(escape("\0\x01\x1F"s), R"(\u0000\u0001\u001f)");
  EXPECT_EQ(escape("/\x7F é日🎉"), "/\x7F é日🎉");
}

TEST(JsonEscape, ReplacesWhatIsNotUtf8) {
  EXPECT_EQ(escape("a\xFFz"), "a" + kReplacement + "z");
  EXPECT_EQ(escape("\xC3"), kReplacement);
  EXPECT_EQ(escape("\xC3z"), kReplacement + "z");
  EXPECT_EQ(escape("\xC0\x80"), kReplacement + kReplacement);
  EXPECT_EQ(escape("\xE2\x82z"), kReplacement + "z");
  EXPECT_EQ(escape("\xED\xA0\x80"), kReplacement + kReplacement + kReplacement);
  EXPECT_EQ(escape("\xF0\x9F\x8E"), kReplacement);
  EXPECT_EQ(escape("\xF0\x8F\xBF\xBF"), kReplacement + kReplacement + kReplacement + kReplacement);
  EXPECT_EQ(escape("\xF4\x90\x80\x80"), kReplacement + kReplacement + kReplacement + kReplacement);
}

bool is_one_character(std::string_view bytes) {
  return bytes >= "\xC2\x80" && bytes <= "\xDF\xBF" && (bytes[1] & 0xC0) == 0x80;
}

TEST(JsonEscape, MakesEveryPairOfBytesAString) {
  for (int first = 0; first < 256; ++first) {
    for (int second = 0; second < 256; ++second) {
      const std::string plain{static_cast<char>(first), static_cast<char>(second)};
      const std::string escaped = escape(plain);
      ASSERT_TRUE(is_valid("\"" + escaped + "\"")) << first << ' ' << second;
      const bool ascii = first < 0x80 && second < 0x80;
      ASSERT_EQ(unescape({escaped}) == plain, ascii || is_one_character(plain)) << first << ' ' << second;
    }
  }
}

TEST(JsonEscape, AppendsWithQuotes) {
  std::string out = "[";
  quote_to(out, "a\"");
  EXPECT_EQ(out, R"(["a\"")");
}

TEST(JsonUnescape, ResolvesEveryEscape) {
  EXPECT_EQ(unescape({""}), "");
  EXPECT_EQ(unescape({"plain é"}), "plain é");
  EXPECT_EQ(unescape({R"(\"\\\/\b\f\n\r\t)"}), "\"\\/\b\f\n\r\t");
  EXPECT_EQ(unescape({R"(\u0041\u00e9\u00E9\u65E5\u0000)"}), "Aéé日\0"s);
  EXPECT_EQ(unescape({R"(\\u0041)"}), R"(\u0041)");
}

TEST(JsonUnescape, JoinsSurrogatePairs) {
  EXPECT_EQ(unescape({R"(\uD83C\uDF89)"}), "🎉");
  EXPECT_EQ(unescape({R"(\ud800\udc00)"}), "\xF0\x90\x80\x80");
  EXPECT_EQ(unescape({R"(\uDBFF\uDFFF)"}), "\xF4\x8F\xBF\xBF");
}

TEST(JsonUnescape, ReplacesLoneSurrogates) {
  EXPECT_EQ(unescape({R"(\uD83C)"}), kReplacement);
  EXPECT_EQ(unescape({R"(\uDF89)"}), kReplacement);
  EXPECT_EQ(unescape({R"(\uD83Cx\uDF89)"}), kReplacement + "x" + kReplacement);
  EXPECT_EQ(unescape({R"(\uDF89\uD83C)"}), kReplacement + kReplacement);
  EXPECT_EQ(unescape({R"(\uD83C\uD83C\uDF89)"}), kReplacement + "🎉");
  EXPECT_EQ(unescape({R"(\uD83C\n)"}), kReplacement + "\n");
}

// A provider may split a pair over two chunks; whoever joins their texts gets the character.
TEST(JsonUnescape, JoinsAPairThatCameInTwoTexts) {
  const std::string joined = std::string(R"(\uD83C)") + R"(\uDF89)";
  EXPECT_EQ(unescape({joined}), "🎉");
}

TEST(JsonUnescape, AgreesWithAnotherParserOnEveryUnit) {
  constexpr std::string_view kHexDigits = "0123456789aBcDeF";
  for (unsigned unit = 0; unit < 0x10000; ++unit) {
    if (unit >= 0xD800 && unit < 0xE000) continue;
    std::string raw = "\\u";
    for (int shift = 12; shift >= 0; shift -= 4) raw += kHexDigits[unit >> shift & 0xF];
    ASSERT_EQ(unescape({raw}), nlohmann::json::parse("\"" + raw + "\"", nullptr, false).get<std::string>()) << raw;
  }
}

TEST(JsonCharacters, AreCountedOnceEach) {
  EXPECT_EQ(count_characters({""}), 0);
  EXPECT_EQ(count_characters({"abc"}), 3);
  EXPECT_EQ(count_characters({"žlu日😀"}), 5);
  EXPECT_EQ(count_characters({R"(a\n\"\\b)"}), 5);
  EXPECT_EQ(count_characters({R"(\u00e9\uD83C\uDF89x)"}), 3);
}

TEST(JsonCharacters, AreCountedOnceWhereAPairCameInTwoTexts) {
  EXPECT_EQ(count_characters({R"(\uD83C)"}) + count_characters({R"(\uDF89)"}), 1);
}

TEST(JsonCharacters, AreNeverCutInTheMiddle) {
  for (const std::string_view text : {"žlu日😀", R"(a\n\u00e9\uD83C\uDF89x)"}) {
    size_t before = 0;
    for (int64_t n = 1; n <= count_characters({text}); ++n) {
      const size_t bytes = bytes_of_characters({text}, n);
      EXPECT_GT(bytes, before);
      EXPECT_EQ(count_characters({text.substr(0, bytes)}), n);
      before = bytes;
    }
    EXPECT_EQ(before, text.size());
    EXPECT_EQ(bytes_of_characters({text}, 99), text.size());
  }
  EXPECT_EQ(bytes_of_characters({"abc"}, 0), 0U);
  EXPECT_EQ(bytes_of_characters({""}, 5), 0U);
}

TEST(JsonCompact, TakesOutWhatIsBetweenTokens) {
  const auto compact = [](std::string_view value) {
    std::string out = "x";
    compact_to(out, {value});
    return out;
  };
  EXPECT_EQ(compact("{ \"a b\" :\n\t[ 1 , true ] }"), R"(x{"a b":[1,true]})");
  EXPECT_EQ(compact(R"([ "\\" , " \" \\\" " ])"), R"(x["\\"," \" \\\" "])");
  EXPECT_EQ(compact(""), "x");
}

TEST(LoneSurrogate, IsFoundWhereItsPartnerIsMissing) {
  EXPECT_EQ(find_lone_surrogate(R"(ab\ud83d)", 0), 2u);
  EXPECT_EQ(find_lone_surrogate(R"(\ud83d\ude00\uDE00)", 0), 12u);
  EXPECT_EQ(find_lone_surrogate(R"(\ud83d\n\ud83d)", 1), 8u);
  EXPECT_EQ(find_lone_surrogate(R"(\ud83d\ude00 \\ud83d A)", 0), std::string_view::npos);
}

}  // namespace
}  // namespace onellm::json
