#include "dialects/common/errors/text.h"

#include <gtest/gtest.h>

namespace onellm::dialects {
namespace {

struct Case {
  std::string text;
  std::string shown;
};

TEST(ErrorText, MasksCredentials) {
  const std::string hex = "0123456789abcdef0123456789abcdef";
  const Case cases[] = {
      {"Incorrect API key provided: sk-abcd************wxyz. You can", "Incorrect API key provided: ***. You can"},
      {"key sk-proj-a_b-1234567890, please", "key ***, please"},
      {"gsk_1234567890 and AIzaSyA1234567890 and xai-12345678", "*** and *** and ***"},
      {"Authorization: Bearer abc-123", "Authorization: Bearer ***"},
      {R"({"authorization":"Bearer abc-123"})", R"({"authorization":"Bearer ***"})"},
      {R"({\"api_key\": \"abc-123\"})", R"({\"api_key\": \"***\"})"},
      {"x-api-key: abc-123", "x-api-key: ***"},
      {"https://host/path?key=abcdef&x=1", "https://host/path?key=***&x=1"},
      {"https://host/path?x=1&access_token=abcdef", "https://host/path?x=1&access_token=***"},
      {"Incorrect API key provided: test-upstream", "Incorrect API key provided: ***"},
      {"The subscription key '" + hex + "' is wrong", "The subscription key '***' is wrong"},
      {"token " + hex + ".", "token ***."},
      {"eyJhbGciOi.eyJzdWIi.c2ln", "***"},
  };
  for (const Case& c : cases) EXPECT_EQ(mask_credentials(c.text), c.shown);
}

TEST(ErrorText, MasksCredentialsBehindAndInEscapes) {
  const Case cases[] = {
      {R"("the key:\nsk-abcdefgh12")", R"("the key:\n***")"},
      {R"("the key:\u0020sk-abcdefgh12")", R"("the key:\u0020***")"},
      {R"("s\u006b-abcdefgh12")", R"("***")"},
      {R"("token\u003dabcdefgh12\t.")", R"("token\u003d***\t.")"},
  };
  for (const Case& c : cases) EXPECT_EQ(mask_credentials(c.text), c.shown);
}

TEST(ErrorText, MasksByWhatStandsBefore) {
  EXPECT_EQ(mask_credentials("abc-123", "password:"), "***");
  EXPECT_EQ(mask_credentials("abc-123", "the password:x,name:"), "abc-123");
  EXPECT_EQ(mask_credentials("0123456789abcdef0123456789abcdef", "key:x,id:"), "***");
  EXPECT_EQ(mask_credentials("0123456789abcdef0123456789abcdef", "key:" + std::string(40, 'x')),
            "0123456789abcdef0123456789abcdef");
}

TEST(ErrorText, LeavesWhatIsNoCredential) {
  const char* texts[] = {
      "",
      "...",
      "You can find your API key at https://platform.openai.com/account/api-keys2.",
      "max_tokens is too large: 100000. This model supports at most 16384 completion tokens.",
      "The model `gpt-4o-2024-11-20` does not exist",
      "request 0123456789abcdef0123456789abcdef failed",
      "Bearer authentication is required",
      "ask-me-anything",
      "Unknown parameter: 'reasoning_effort_of_the_model'.",
      "chatcmpl-AbCdEfGhIjKlMnOpQrStUvWxYz0123",
  };
  for (const char* text : texts) EXPECT_EQ(mask_credentials(text), text);
}

TEST(ErrorText, MasksLongTextsInReasonableTime) {
  EXPECT_EQ(mask_credentials(std::string(1 << 20, '.')).size(), size_t{1} << 20);
  EXPECT_EQ(mask_credentials(std::string(1 << 20, '=')).size(), size_t{1} << 20);
  EXPECT_EQ(mask_credentials(std::string(1 << 20, ' ')).size(), size_t{1} << 20);
}

TEST(ErrorText, CutsBetweenCharacters) {
  EXPECT_EQ(cut_utf8("abc", 3), "abc");
  EXPECT_EQ(cut_utf8("abc", 2), "ab");
  EXPECT_EQ(cut_utf8("a\xC3\xA4", 2), "a");
  EXPECT_EQ(cut_utf8("a\xF0\x9F\x91\x80z", 4), "a");
  EXPECT_EQ(cut_utf8("a\xF0\x9F\x91\x80z", 5), "a\xF0\x9F\x91\x80");
}

TEST(ErrorText, ReadsPagesThatAreCutShort) {
  EXPECT_EQ(text_of_html("<p>a<br"), "a");
  EXPECT_EQ(text_of_html("<script>a</p>"), "");
  EXPECT_EQ(text_of_html("a &amp"), "a &amp");
  EXPECT_EQ(text_of_html("<SCRIPT>a</SCRIPT>b"), "b");
}

}  // namespace
}  // namespace onellm::dialects
