#include "keys/secret.h"

#include <gtest/gtest.h>

#include <array>

namespace onellm::keys {
namespace {

std::array<uint8_t, kSecretRandomBytes> bytes_of(uint8_t value) {
  std::array<uint8_t, kSecretRandomBytes> bytes;
  bytes.fill(value);
  return bytes;
}

// The checksums were computed with zlib.
TEST(Secret, HasItsRandomBitsAndTheirChecksum) {
  EXPECT_EQ(make_secret(bytes_of(0)),
            "sk-onellm-0000000000000000000000000000000000000000000"
            "4Mqr0s");
  EXPECT_EQ(make_secret(bytes_of(0xFF)),
            "sk-onellm-yhjskwdA6OZ1AL1YmHWZWm8LLG7HjnuCA2j5rOw8Xp1"
            "1GMLwg");
}

TEST(Secret, IsRecognisedByItsForm) {
  for (const int value : {0, 1, 77, 255})
    EXPECT_TRUE(has_secret_form(make_secret(bytes_of(static_cast<uint8_t>(value)))));
}

TEST(Secret, WithAnyOtherCharacterIsNotRecognised) {
  const std::string secret = make_secret(bytes_of(9));
  for (size_t at = 0; at < secret.size(); ++at) {
    for (const char c : std::string_view("a0Z-_ \0\xC3", 8)) {
      std::string other = secret;
      other[at] = c;
      EXPECT_EQ(has_secret_form(other), other == secret) << at << c;
    }
  }
}

TEST(Secret, OfAnotherLengthIsNotRecognised) {
  const std::string secret = make_secret(bytes_of(9));
  EXPECT_FALSE(has_secret_form(""));
  EXPECT_FALSE(has_secret_form("sk-onellm-"));
  EXPECT_FALSE(has_secret_form(secret.substr(1)));
  EXPECT_FALSE(has_secret_form(secret.substr(0, secret.size() - 1)));
  EXPECT_FALSE(has_secret_form(secret + "0"));
  EXPECT_FALSE(has_secret_form(" " + secret));
  EXPECT_FALSE(has_secret_form(std::string(1'000'000, 's')));
}

TEST(KeyId, HasItsForm) {
  std::array<uint8_t, kIdRandomBytes> random{};
  EXPECT_EQ(make_id(random), "key_0000000000000000000000");
  random.fill(0xFF);
  EXPECT_EQ(make_id(random), "key_7n42DGM5Tflk9n8mt7Fhc7");
  EXPECT_TRUE(has_id_form(make_id(random)));
  for (const char* text : {"", "key_", "x", "key_a/b", "key_%00", "key_\xC3\xA4", "KEY_a", "key_a b"}) {
    EXPECT_FALSE(has_id_form(text)) << text;
  }
  EXPECT_FALSE(has_id_form("key_" + std::string(65, 'a')));
}

TEST(Hash, IsSixtyFourHexadecimalDigits) {
  EXPECT_TRUE(has_hash_form(std::string(64, 'f')));
  EXPECT_FALSE(has_hash_form(std::string(64, 'F')));
  EXPECT_FALSE(has_hash_form(std::string(63, '0')));
  EXPECT_FALSE(has_hash_form(std::string(63, '0') + "g"));
}

TEST(HiddenSecrets, AreHiddenWhereverTheyStandAndWhereTheyWereCut) {
  const std::string secret = make_secret(std::array<uint8_t, kSecretRandomBytes>{1, 2, 3});
  EXPECT_EQ(hide_secrets(secret), "***");
  EXPECT_EQ(hide_secrets("host/" + secret + "," + secret + ":free"), "host/***,***:free");
  EXPECT_EQ(hide_secrets("model " + secret.substr(0, 30)), "model ***");
  EXPECT_EQ(hide_secrets(secret + "abc"), "***");
}

TEST(HiddenSecrets, LeaveOtherTextsAsTheyAre) {
  for (const char* text : {"", "gpt-4o", "sk-onellm-", "sk-onellm-test/x", "a sk-onellm- b", "sk-proj-0123456789"}) {
    EXPECT_EQ(hide_secrets(text), text);
  }
}

}  // namespace
}  // namespace onellm::keys
