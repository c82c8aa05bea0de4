#include "gateway/usage/latencies.h"

#include <gtest/gtest.h>

namespace onellm::gateway {
namespace {

TEST(Latencies, HaveBucketsWhoseEndBelongsToThem) {
  EXPECT_EQ(latency_bucket(-1), 0U);
  EXPECT_EQ(latency_bucket(10), 0U);
  EXPECT_EQ(latency_bucket(11), 1U);
  EXPECT_EQ(latency_bucket(14), 1U);
  EXPECT_EQ(latency_bucket(15), 2U);
  EXPECT_EQ(latency_bucket(327'680), 30U);
  EXPECT_EQ(latency_bucket(327'681), 31U);
  EXPECT_EQ(latency_bucket(INT64_MAX), 31U) << "the last bucket has no end";
}

TEST(Latencies, HaveNoPercentileWithoutACount) {
  Latencies none;
  EXPECT_FALSE(none.has_any());
  EXPECT_EQ(percentile_ms(none, 50), std::nullopt);
  none.counts[3] = -5;
  EXPECT_EQ(percentile_ms(none, 50), std::nullopt) << "a negative count is none";
}

TEST(Latencies, AreSpreadEvenlyWithinABucket) {
  Latencies one;
  one.add(15);  // The bucket goes from 14 to 20 ms.
  EXPECT_TRUE(one.has_any());
  EXPECT_EQ(percentile_ms(one, 50), 17);
  EXPECT_EQ(percentile_ms(one, 95), 20);
  EXPECT_EQ(percentile_ms(one, 0), 14);
}

TEST(Latencies, FindThePercentileAmongSeveralBuckets) {
  Latencies two;
  two.counts[0] = two.counts[1] = 100;
  EXPECT_EQ(percentile_ms(two, 50), 10);
  EXPECT_EQ(percentile_ms(two, 95), 14) << "nine tenths of the way from 10 to 14";
}

TEST(Latencies, CountMoreThan64BitsHold) {
  Latencies huge;
  huge.counts[0] = huge.counts[5] = huge.counts[31] = INT64_MAX;
  EXPECT_EQ(percentile_ms(huge, 10), 3);
  EXPECT_EQ(percentile_ms(huge, 100), 463'410);
}

}  // namespace
}  // namespace onellm::gateway
