// What the client is told of a provider's rate limits.
#include <gtest/gtest.h>

#include "base/limits.h"
#include "gateway/http/reply.h"
#include "support/gateway_driver.h"
#include "support/gateway_settings.h"
#include "support/providers.h"

namespace onellm::gateway::test {
namespace {

const Json kSettings =
    settings_with({{"ANTHROPIC_API_KEY", "key-of-anthropic"}, {"ANTHROPIC_API_BASE", "https://anthropic.test"}});

Json ask(const char* model) { return {{"model", model}, {"messages", {{{"role", "user"}, {"content", "Hi"}}}}}; }

// The start of the driver's clock is 2023-11-14T22:13:20Z.
const Headers kOfAnthropic = {{"content-type", "application/json"},
                              {"retry-after", "7"},
                              {"request-id", "req_theirs"},
                              {"anthropic-ratelimit-requests-limit", "50"},
                              {"anthropic-ratelimit-requests-remaining", "49"},
                              {"anthropic-ratelimit-requests-reset", "2023-11-14T22:13:21Z"},
                              {"anthropic-ratelimit-tokens-limit", "40000"},
                              {"anthropic-ratelimit-tokens-remaining", "0"},
                              {"anthropic-ratelimit-tokens-reset", "2023-11-14T22:19:20Z"}};

TEST(RateLimits, OfAnthropicReachClientsInOpenAisForm) {
  Configured gateway(kSettings);
  Driver driver(gateway);
  driver.chat(ask("claude-opus-5"));
  driver.answer(0, 429, R"({"type":"error","error":{"type":"rate_limit_error","message":"Slow down"}})", kOfAnthropic);
  EXPECT_EQ(driver.reply.status, 429);
  EXPECT_EQ(driver.reply.header("retry-after"), "7");
  EXPECT_EQ(driver.reply.header("x-ratelimit-limit-requests"), "50");
  EXPECT_EQ(driver.reply.header("x-ratelimit-remaining-requests"), "49");
  EXPECT_EQ(driver.reply.header("x-ratelimit-reset-requests"), "1s");
  EXPECT_EQ(driver.reply.header("x-ratelimit-limit-tokens"), "40000");
  EXPECT_EQ(driver.reply.header("x-ratelimit-remaining-tokens"), "0");
  EXPECT_EQ(driver.reply.header("x-ratelimit-reset-tokens"), "6m0s");
  for (const auto& [name, value] : driver.reply.headers) EXPECT_FALSE(name.starts_with("anthropic-")) << name;
}

TEST(RateLimits, OfOpenAiPassAsTheyAre) {
  Configured gateway(kSettings);
  Driver driver(gateway);
  driver.chat(ask("gpt-4o"));
  driver.answer(0, 429, R"({"error":{"message":"Slow down"}})",
                {{"content-type", "application/json"},
                 {"retry-after-ms", "20"},
                 {"x-should-retry", "true"},
                 {"x-ratelimit-reset-tokens", "6ms"},
                 {"anthropic-ratelimit-requests-limit", "1"}});
  EXPECT_EQ(driver.reply.header("retry-after-ms"), "20");
  EXPECT_EQ(driver.reply.header("x-should-retry"), "true");
  EXPECT_EQ(driver.reply.header("x-ratelimit-reset-tokens"), "6ms");
  EXPECT_EQ(driver.reply.header("x-ratelimit-limit-requests"), "(absent)");
}

TEST(RateLimits, ThatAreMalformedAreLeftOut) {
  const Head reply("200\nanthropic-ratelimit-tokens-reset: soon\nanthropic-ratelimit-tokens-limit: 5");
  const auto passed = passed_headers(*providers::find_kind("anthropic"), reply, false, kStartMs);
  EXPECT_EQ(passed, (std::vector<providers::Header>{{"x-ratelimit-limit-tokens", "5"}}));
}

// Programs read them: half a number would be another number.
TEST(RateLimits, ThatAreTooLongAreLeftOut) {
  for (const char* name : {"retry-after", "x-ratelimit-remaining-tokens"}) {
    for (const size_t bytes : {kPassedHeaderBytesMax, kPassedHeaderBytesMax + 1}) {
      const std::string head = head_text("200", {{name, std::string(bytes, '1')}, {"x-should-retry", "true"}});
      const auto passed = passed_headers(*providers::find_kind("openai"), Head(head), false, kStartMs);
      EXPECT_EQ(passed.size(), bytes > kPassedHeaderBytesMax ? 1U : 2U) << name << " of " << bytes;
    }
  }
}

TEST(RateLimits, AreAskedForByNameOnce) {
  const std::string& names = wanted_reply_headers();
  std::map<std::string, int> seen;
  for (size_t from = 0; from <= names.size();) {
    const size_t end = std::min(names.find('\n', from), names.size());
    ++seen[names.substr(from, end - from)];
    from = end + 1;
  }
  for (const char* name : {"content-type", "retry-after", "x-ratelimit-reset-tokens",
                           "anthropic-ratelimit-tokens-reset", "anthropic-ratelimit-requests-limit"}) {
    EXPECT_EQ(seen[name], 1) << name;
  }
  for (const auto& [name, times] : seen) EXPECT_EQ(times, 1) << name;
}

}  // namespace
}  // namespace onellm::gateway::test
