#include "dialects/anthropic_messages/client/rate_limits.h"

#include <gtest/gtest.h>

#include <map>
#include <string>

namespace onellm::dialects::anthropic_messages {
namespace {

constexpr double kNowMs = 1'700'000'000'000;  // 2023-11-14T22:13:20Z

std::string reset_after(const std::string& duration) {
  HeaderList headers = {{"x-ratelimit-reset-tokens", duration}};
  add_rate_limits(headers, kNowMs);
  return headers.size() == 2 ? headers[1].second : "";
}

TEST(MessagesRateLimits, OfOtherProvidersAreWrittenInAnthropicsFormToo) {
  HeaderList headers = {{"retry-after", "1"},
                        {"x-ratelimit-limit-requests", "50"},
                        {"x-ratelimit-remaining-tokens", "7"},
                        {"x-ratelimit-reset-requests", "6m0s"}};
  add_rate_limits(headers, kNowMs);
  const std::map<std::string, std::string> all(headers.begin(), headers.end());
  EXPECT_EQ(all.size(), 7U);
  EXPECT_EQ(all.at("anthropic-ratelimit-requests-limit"), "50");
  EXPECT_EQ(all.at("anthropic-ratelimit-tokens-remaining"), "7");
  EXPECT_EQ(all.at("anthropic-ratelimit-requests-reset"), "2023-11-14T22:19:20Z");
}

TEST(MessagesRateLimits, OfAnthropicStayAsTheyAre) {
  HeaderList headers = {{"x-ratelimit-limit-requests", "50"}, {"anthropic-ratelimit-requests-limit", "50"}};
  const HeaderList before = headers;
  add_rate_limits(headers, kNowMs);
  EXPECT_EQ(headers, before);
}

TEST(MessagesRateLimits, ReadEveryFormOfADuration) {
  EXPECT_EQ(reset_after("1s"), "2023-11-14T22:13:21Z");
  EXPECT_EQ(reset_after("20ms"), "2023-11-14T22:13:21Z");
  EXPECT_EQ(reset_after("1.5s"), "2023-11-14T22:13:22Z");
  EXPECT_EQ(reset_after("1h2m3s"), "2023-11-14T23:15:23Z");
  EXPECT_EQ(reset_after("12"), "2023-11-14T22:13:32Z");
  EXPECT_EQ(reset_after("0s"), "2023-11-14T22:13:20Z");
}

TEST(MessagesRateLimits, LeaveOutWhatIsNoDuration) {
  for (const char* text : {"", "soon", "1x", "s", "2023-11-14T22:13:20Z", "99999999999999", "1s!", ".5s"}) {
    EXPECT_EQ(reset_after(text), "") << text;
  }
}

}  // namespace
}  // namespace onellm::dialects::anthropic_messages
