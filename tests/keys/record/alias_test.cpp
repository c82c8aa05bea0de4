#include "keys/record/alias.h"

#include <gtest/gtest.h>

#include <array>

#include "keys/secret.h"

namespace onellm::keys {
namespace {

TEST(Alias, HoldsNoSecret) {
  const std::string secret = make_secret(std::array<uint8_t, kSecretRandomBytes>{1, 2, 3});
  for (const std::string& alias : {secret.substr(0, 64), "x" + secret.substr(0, 60), secret.substr(0, 20)}) {
    EXPECT_STREQ(alias_problem({alias}), "must not hold the secret of a key") << alias;
  }
  for (const char* alias : {"Anna", "sk-onellm-", "the sk-onellm-test key"}) {
    EXPECT_EQ(alias_problem({alias}), nullptr) << alias;
  }
}

}  // namespace
}  // namespace onellm::keys
