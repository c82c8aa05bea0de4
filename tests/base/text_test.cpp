#include "base/text.h"

#include <gtest/gtest.h>

namespace onellm {
namespace {

using Pieces = std::vector<std::string_view>;

TEST(Text, TrimsSpacesTabsAndLineEnds) {
  EXPECT_EQ(trim(" \t\r\na b\n "), "a b");
  EXPECT_EQ(trim(" \n"), "");
  EXPECT_EQ(trim(""), "");
}

TEST(Text, SplitsAndKeepsEmptyPieces) {
  EXPECT_EQ(split("a, b ,,c,", ','), (Pieces{"a", "b", "", "c", ""}));
  EXPECT_EQ(split("", ','), Pieces{""});
}

TEST(Text, ReplacesEveryOccurrenceOnce) {
  EXPECT_EQ(replace_all("aXbXX", "X", "XY"), "aXYbXYXY");
  EXPECT_EQ(replace_all("ab", "X", ""), "ab");
}

TEST(Text, EncodesAllButUnreservedCharacters) {
  EXPECT_EQ(percent_encode("aZ0-._~"), "aZ0-._~");
  EXPECT_EQ(percent_encode("a/b c?\xC3\xA4"), "a%2Fb%20c%3F%C3%A4");
}

TEST(Text, KnowsControlCharacters) {
  EXPECT_TRUE(has_control_character("a\nb"));
  EXPECT_TRUE(has_control_character("a\x7F"));
  EXPECT_FALSE(has_control_character("a b\xC3\xA4"));
}

TEST(Text, AcceptsBasesOfHttp) {
  for (const char* url :
       {"http://127.0.0.1:9911/openai/v1", "https://api.openai.com", "HTTPS://a/b/", "http://[::1]:1"}) {
    EXPECT_TRUE(is_base_url(url)) << url;
  }
}

TEST(Text, RefusesWhatNoPathCanBeAppendedTo) {
  for (const char* url :
       {"", "api.openai.com", "ftp://a", "http://", "http:///v1", "http://:80", "https://user:pass@a", "https://a/?x=1",
        "https://a/#x", "https://a b", "https://a/\n", "https://{resource}.b", "https://\xC3\xA4.de", "://a"}) {
    EXPECT_FALSE(is_base_url(url)) << url;
  }
}

TEST(Text, TakesOneVersionOffTheEndOfABase) {
  EXPECT_EQ(without_version_segment("http://a/openai/v1"), "http://a/openai");
  EXPECT_EQ(without_version_segment("http://a/v1//"), "http://a");
  EXPECT_EQ(without_version_segment("http://a/v1beta"), "http://a");
  EXPECT_EQ(without_version_segment("http://a/v1beta2/"), "http://a");
  EXPECT_EQ(without_version_segment("http://a/v1/v2"), "http://a/v1");
}

TEST(Text, LeavesOtherLastSegments) {
  for (const char* url : {"http://a", "http://v1", "http://a/version", "http://a/v", "http://a/v1x", "http://a/v1betas",
                          "http://a/xv1"}) {
    EXPECT_EQ(without_version_segment(url), url);
  }
}

}  // namespace
}  // namespace onellm
