#include "dialects/common/request/raw_values.h"

#include <gtest/gtest.h>

#include "dialects/common/media/base64.h"
#include "dialects/common/request/blank_text.h"

namespace onellm::dialects {
namespace {

TEST(RawValues, TellParametersThatAskForNothing) {
  EXPECT_TRUE(asks_for_nothing({"logprobs", {"false"}}));
  EXPECT_TRUE(asks_for_nothing({"presence_penalty", {"-0.0"}}));
  EXPECT_TRUE(asks_for_nothing({"logit_bias", {"{}"}}));
  EXPECT_FALSE(asks_for_nothing({"presence_penalty", {"0.1"}}));
  EXPECT_FALSE(asks_for_nothing({"store", {"true"}}));
  EXPECT_FALSE(asks_for_nothing({"seed", {"0"}}));
}

TEST(RawValues, AreReadAsTheyStand) {
  EXPECT_EQ(text_of({R"("a\n")"}).text, "a\\n");
  EXPECT_EQ(text_of({"17"}).text, "");
  EXPECT_EQ(integer_of({"9223372036854775807"}), INT64_MAX);
}

TEST(BlankText, IsSeenThroughEscapes) {
  EXPECT_TRUE(is_blank({""}));
  EXPECT_TRUE(is_blank({R"( \n\t\r\u0020\u000A)"}));
  EXPECT_FALSE(is_blank({R"(\u00e9)"}));
  EXPECT_FALSE(is_blank({R"(\\n)"}));
  EXPECT_FALSE(is_blank({R"(\ud83d\ude00)"}));
}

TEST(BlankText, IsTakenOffTheEnd) {
  EXPECT_EQ(without_trailing_space({R"( a b\n\u0020 )"}).text, " a b");
  EXPECT_EQ(without_trailing_space({R"(a\\n)"}).text, R"(a\\n)");
  EXPECT_EQ(without_trailing_space({R"(a\"\n)"}).text, R"(a\")");
  EXPECT_EQ(without_trailing_space({R"(\n )"}).text, "");
}

TEST(Base64, IsDecodedInBothAlphabets) {
  EXPECT_EQ(decode_base64("R3LDvMOfZQ=="), "Grüße");
  EXPECT_EQ(decode_base64("R3LDvM\nOfZQ\r\n"), "Grüße");
  EXPECT_EQ(decode_base64("_-8"), "\xFF\xEF");
  EXPECT_EQ(decode_base64("/+8="), "\xFF\xEF");
  EXPECT_EQ(decode_base64(""), "");
  EXPECT_EQ(decode_base64("A"), std::nullopt);
  EXPECT_EQ(decode_base64("A*=="), std::nullopt);
}

}  // namespace
}  // namespace onellm::dialects
