#include "base/pattern.h"

#include <gtest/gtest.h>

namespace onellm {
namespace {

TEST(Pattern, StarStandsForAnyText) {
  for (const char* text : {"gpt-", "gpt-4o", "gpt-*"}) EXPECT_TRUE(fits_pattern(text, "gpt-*")) << text;
  for (const char* text : {"", "gpt", "my-gpt-4o"}) EXPECT_FALSE(fits_pattern(text, "gpt-*")) << text;
  for (const char* text : {"-bison-", "chat-bison-001"}) EXPECT_TRUE(fits_pattern(text, "*-bison-*")) << text;
  EXPECT_FALSE(fits_pattern("bison-001", "*-bison-*"));
  EXPECT_TRUE(fits_pattern("", "*"));
}

TEST(Pattern, GoesBackToTheLastStar) {
  EXPECT_TRUE(fits_pattern("abcabd", "a*abd"));
  EXPECT_TRUE(fits_pattern("a-b-c-b-d", "*-b-d"));
  EXPECT_FALSE(fits_pattern("abcabc", "a*abd"));
}

TEST(Pattern, HashStandsForOneDigit) {
  for (const char* text : {"o1", "o3-mini", "o9x"}) EXPECT_TRUE(fits_pattern(text, "o#*")) << text;
  for (const char* text : {"o", "ox", "ollama", "o#"}) EXPECT_FALSE(fits_pattern(text, "o#*")) << text;
}

TEST(Pattern, QuestionMarkStandsForOneByte) {
  EXPECT_TRUE(fits_pattern("don't", "don?t"));
  EXPECT_FALSE(fits_pattern("dont", "don?t"));
}

TEST(Pattern, WithoutMarksFitsOnlyItself) {
  EXPECT_TRUE(fits_pattern("abc", "abc"));
  EXPECT_FALSE(fits_pattern("abcd", "abc"));
  EXPECT_TRUE(fits_pattern("", ""));
}

}  // namespace
}  // namespace onellm
