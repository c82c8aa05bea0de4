#include "keys/bucket.h"

#include <gtest/gtest.h>

#include "base/limits.h"

namespace onellm::keys {
namespace {

TEST(Bucket, IsFullAtFirst) {
  Bucket bucket = full_bucket(3, 1'000);
  EXPECT_EQ(left_in(bucket), 3);
  take(bucket, 3, 3);
  EXPECT_EQ(left_in(bucket), 0);
  EXPECT_EQ(wait_ms(bucket, 3, 1), 20'000);
}

TEST(Bucket, IsRefilledContinuously) {
  Bucket bucket = full_bucket(7, 0);
  take(bucket, 7, 7);
  EXPECT_EQ(wait_ms(bucket, 7, 1), 8'572) << "60000 / 7, rounded up";
  refill(bucket, 7, 8'571);
  EXPECT_EQ(left_in(bucket), 0);
  EXPECT_EQ(wait_ms(bucket, 7, 1), 1);
  refill(bucket, 7, 8'572);
  EXPECT_EQ(left_in(bucket), 1);
  EXPECT_EQ(wait_ms(bucket, 7, 1), 0);
  refill(bucket, 7, 60'000);
  EXPECT_EQ(left_in(bucket), 7) << "a whole minute in parts is a whole minute";
}

TEST(Bucket, IsNeverFullerThanFull) {
  Bucket bucket = full_bucket(5, 0);
  refill(bucket, 5, 100'000'000'000'000);
  EXPECT_EQ(left_in(bucket), 5);
  take(bucket, 5, -kTokensMax);
  EXPECT_EQ(left_in(bucket), 5);
}

TEST(Bucket, OwesWhatWasUsedBeyondIt) {
  Bucket bucket = full_bucket(100, 0);
  take(bucket, 100, 150);
  EXPECT_EQ(left_in(bucket), 0);
  EXPECT_EQ(wait_ms(bucket, 100, 1), 30'600);
  for (int i = 0; i < 10; ++i) take(bucket, 100, kTokensMax);
  refill(bucket, 100, 5);
  EXPECT_LT(bucket.level, 0) << "no overflow";
}

TEST(Bucket, RefillsNothingForATimeThatGoesBack) {
  Bucket bucket = full_bucket(60, 10'000);
  take(bucket, 60, 60);
  refill(bucket, 60, 5'000);
  EXPECT_EQ(left_in(bucket), 0);
  refill(bucket, 60, 6'000);
  EXPECT_EQ(left_in(bucket), 1);
}

TEST(Bucket, KeepsWhatWasUsedWhenItsLimitChanges) {
  Bucket bucket = full_bucket(10, 0);
  take(bucket, 10, 4);
  change_limit(bucket, 10, 100);
  EXPECT_EQ(left_in(bucket), 96);
  change_limit(bucket, 100, 3);
  EXPECT_EQ(bucket.level, 0) << "nobody owes for what was allowed";
  take(bucket, 3, 5);
  change_limit(bucket, 3, 1);
  EXPECT_EQ(wait_ms(bucket, 1, 1), 360'000) << "what was owed is still owed";
}

TEST(Bucket, HoldsTheLargestLimit) {
  Bucket bucket = full_bucket(kKeyLimitMax, 0);
  take(bucket, kKeyLimitMax, kKeyLimitMax);
  refill(bucket, kKeyLimitMax, 1);
  EXPECT_EQ(left_in(bucket), kKeyLimitMax / 60'000);
  refill(bucket, kKeyLimitMax, 8'640'000'000'000'000);
  EXPECT_EQ(left_in(bucket), kKeyLimitMax);
}

}  // namespace
}  // namespace onellm::keys
