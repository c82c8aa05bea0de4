#include "gateway/keys/authentication/put_off_keys.h"

#include <gtest/gtest.h>

#include "base/secrets/sha256.h"

namespace onellm::gateway {
namespace {

std::string hash_of(int number) { return sha256_hex(std::to_string(number)); }

TEST(PutOffKeys, AKeyComesAgainAfterItHasWaited) {
  PutOffKeys keys;
  EXPECT_FALSE(keys.comes_again(hash_of(1), 0)) << "it was never put off";
  keys.add(hash_of(1), 10'000);
  EXPECT_FALSE(keys.comes_again(hash_of(1), 10'500));
  EXPECT_TRUE(keys.comes_again(hash_of(1), 11'000));
  EXPECT_FALSE(keys.comes_again(hash_of(2), 11'000));
  EXPECT_FALSE(keys.comes_again(hash_of(1), 10'000 + kPutOffKeyMs)) << "that was too long ago";
}

TEST(PutOffKeys, AKeyThatIsPutOffAgainHasWaitedSinceTheFirstTime) {
  PutOffKeys keys;
  keys.add(hash_of(1), 10'000);
  keys.add(hash_of(1), 10'800);
  EXPECT_TRUE(keys.comes_again(hash_of(1), 11'000));
}

TEST(PutOffKeys, AKeyThatWasLookedUpIsForgotten) {
  PutOffKeys keys;
  keys.remove(hash_of(1));
  keys.add(hash_of(1), 10'000);
  keys.remove(hash_of(1));
  EXPECT_FALSE(keys.comes_again(hash_of(1), 11'000));
}

TEST(PutOffKeys, ThousandsAreRememberedAndThenTheOldestGo) {
  PutOffKeys keys;
  for (int i = 0; i < 100'000; ++i) keys.add(hash_of(i), 10'000 + i);
  int latest = 0;
  for (int i = 97'000; i < 99'000; ++i) latest += keys.comes_again(hash_of(i), 110'000) ? 1 : 0;
  EXPECT_GT(latest, 1'800);
  for (int i = 0; i < 50'000; ++i) EXPECT_FALSE(keys.comes_again(hash_of(i), 110'000)) << i;
}

TEST(PutOffKeys, AreAnyForAWhileAfterTheLast) {
  PutOffKeys keys;
  EXPECT_FALSE(keys.any(0));
  keys.add(hash_of(1), 10'000);
  EXPECT_TRUE(keys.any(10'000));
  EXPECT_FALSE(keys.any(10'000 + kPutOffKeyMs));
}

}  // namespace
}  // namespace onellm::gateway
