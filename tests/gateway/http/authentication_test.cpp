#include "gateway/http/authentication.h"

#include <gtest/gtest.h>

namespace onellm::gateway {
namespace {

std::string_view credential(const std::string& head) {
  static std::string kept;
  kept = head;
  return credential_of(Head(kept));
}

TEST(Authentication, ReadsTheThreeHeaders) {
  EXPECT_EQ(credential("GET /\nauthorization: Bearer one"), "one");
  EXPECT_EQ(credential("GET /\nx-api-key: two"), "two");
  EXPECT_EQ(credential("GET /\napi-key: three"), "three");
  EXPECT_EQ(credential("GET /"), "");
}

TEST(Authentication, PrefersAuthorizationThenXApiKey) {
  EXPECT_EQ(credential("GET /\napi-key: three\nx-api-key: two\nauthorization: Bearer one"), "one");
  EXPECT_EQ(credential("GET /\napi-key: three\nx-api-key: two"), "two");
}

TEST(Authentication, ReadsTheSchemeInAnyCase) {
  EXPECT_EQ(credential("GET /\nauthorization: bEARER one"), "one");
  EXPECT_EQ(credential("GET /\nauthorization: BEARER one"), "one");
}

TEST(Authentication, TakesNoOtherSchemeForAKey) {
  EXPECT_EQ(credential("GET /\nauthorization: Basic one\napi-key: three"), "three");
  EXPECT_EQ(credential("GET /\nauthorization: one"), "");
  EXPECT_EQ(credential("GET /\nauthorization: Bearer"), "");
}

TEST(Authentication, SecretsAreTheSameOnlyByteForByte) {
  EXPECT_TRUE(same_secret("secret", "secret"));
  for (const char* wrong : {"", "s", "secre", "secrets", "Secret", "secreT", "secretsecret", "terces"}) {
    EXPECT_FALSE(same_secret(wrong, "secret")) << wrong;
  }
  EXPECT_TRUE(same_secret("\xC3\xA4", "\xC3\xA4"));
  EXPECT_FALSE(same_secret(std::string_view("secret\0", 7), "secret"));
}

TEST(Authentication, NothingIsTheSameAsNoSecret) {
  EXPECT_FALSE(same_secret("", ""));
  EXPECT_FALSE(same_secret("x", ""));
}

TEST(Authentication, TellsEveryDifferenceOfOneBit) {
  const std::string secret = "0123456789abcdef";
  for (size_t at = 0; at < secret.size(); ++at) {
    for (int bit = 0; bit < 8; ++bit) {
      std::string presented = secret;
      presented[at] = static_cast<char>(static_cast<unsigned char>(presented[at]) ^ (1U << bit));
      EXPECT_FALSE(same_secret(presented, secret)) << "byte " << at << ", bit " << bit;
    }
  }
}

TEST(Authentication, StaysClosedWithoutAKeyOfItsOwn) {
  const std::optional<Error> refusal = refuse("x", "");
  ASSERT_TRUE(refusal.has_value());
  EXPECT_EQ(refusal->kind, ErrorKind::kNotConfigured);
  EXPECT_NE(refusal->message.find("ONELLM_API_KEY"), std::string::npos);
}

// A wrong key is refused later (keys/identification_test.cpp).
TEST(Authentication, RefusesAMissingKey) {
  const std::optional<Error> missing = refuse("", "secret");
  ASSERT_TRUE(missing.has_value());
  EXPECT_EQ(missing->kind, ErrorKind::kUnauthorized);
  EXPECT_EQ(missing->message.find("secret"), std::string::npos);
  EXPECT_FALSE(refuse("guess", "secret").has_value());
}

}  // namespace
}  // namespace onellm::gateway
