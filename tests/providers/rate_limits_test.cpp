#include "providers/rate_limits.h"

#include <gtest/gtest.h>

#include <set>

namespace onellm::providers {
namespace {

constexpr double kNowMs = 1'700'000'000'000;  // 2023-11-14T22:13:20Z

TEST(RateLimits, AreDurationsOfOpenAisForm) {
  EXPECT_EQ(time_until("2023-11-14T22:13:21Z", kNowMs), "1s");
  EXPECT_EQ(time_until("2023-11-14T22:14:19Z", kNowMs), "59s");
  EXPECT_EQ(time_until("2023-11-14T22:19:20Z", kNowMs), "6m0s");
  EXPECT_EQ(time_until("2023-11-14T23:14:25Z", kNowMs), "1h1m5s");
  EXPECT_EQ(time_until("2023-11-15T22:13:20+00:00", kNowMs), "24h0m0s");
}

TEST(RateLimits, NeverEndTooSoon) {
  EXPECT_EQ(time_until("2023-11-14T22:13:20.001Z", kNowMs), "1s");
  EXPECT_EQ(time_until("2023-11-14T22:14:20Z", kNowMs + 400), "1m0s");
}

TEST(RateLimits, AreOverWhereTheirTimeHasPassed) {
  EXPECT_EQ(time_until("2023-11-14T22:13:20Z", kNowMs), "0s");
  EXPECT_EQ(time_until("1970-01-01T00:00:00Z", kNowMs), "0s");
}

TEST(RateLimits, SayNothingWhereTheTimeIsNone) {
  for (const char* time : {"", "60", "6m0s", "2023-11-14", "Tue, 14 Nov 2023 22:13:20 GMT"}) {
    EXPECT_EQ(time_until(time, kNowMs), "") << time;
  }
}

TEST(RateLimits, HaveNoNameTwiceInAProvider) {
  for (const auto& headers : {openai_rate_limits(), anthropic_rate_limits()}) {
    std::set<std::string_view> theirs;
    std::set<std::string_view> ours;
    for (const PassedHeader& header : headers) {
      EXPECT_TRUE(theirs.insert(header.theirs).second) << header.theirs;
      EXPECT_TRUE(ours.insert(header.ours).second) << header.ours;
      EXPECT_TRUE(header.ours.starts_with("x-ratelimit-")) << header.ours;
    }
  }
}

TEST(RateLimits, OfAnthropicHaveTheNamesOfOpenAi) {
  std::set<std::string_view> names;
  for (const PassedHeader& header : openai_rate_limits()) names.insert(header.ours);
  for (const PassedHeader& header : anthropic_rate_limits()) {
    EXPECT_TRUE(names.contains(header.ours)) << header.ours;
    EXPECT_EQ(header.is_time, header.theirs.ends_with("-reset")) << header.theirs;
  }
}

}  // namespace
}  // namespace onellm::providers
