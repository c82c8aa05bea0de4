#include "providers/rate_limits.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <optional>

#include "base/time/rfc3339.h"

namespace onellm::providers {

namespace {

constexpr PassedHeader kRetry[] = {
    {"retry-after", "retry-after"},
    {"retry-after-ms", "retry-after-ms"},
    {"x-should-retry", "x-should-retry"},
};

constexpr PassedHeader kOpenAi[] = {
    {"x-ratelimit-limit-requests", "x-ratelimit-limit-requests"},
    {"x-ratelimit-remaining-requests", "x-ratelimit-remaining-requests"},
    {"x-ratelimit-reset-requests", "x-ratelimit-reset-requests"},
    {"x-ratelimit-limit-tokens", "x-ratelimit-limit-tokens"},
    {"x-ratelimit-remaining-tokens", "x-ratelimit-remaining-tokens"},
    {"x-ratelimit-reset-tokens", "x-ratelimit-reset-tokens"},
};

constexpr PassedHeader kAnthropic[] = {
    {"anthropic-ratelimit-requests-limit", "x-ratelimit-limit-requests"},
    {"anthropic-ratelimit-requests-remaining", "x-ratelimit-remaining-requests"},
    {"anthropic-ratelimit-requests-reset", "x-ratelimit-reset-requests", true},
    {"anthropic-ratelimit-tokens-limit", "x-ratelimit-limit-tokens"},
    {"anthropic-ratelimit-tokens-remaining", "x-ratelimit-remaining-tokens"},
    {"anthropic-ratelimit-tokens-reset", "x-ratelimit-reset-tokens", true},
};

}  // namespace

std::span<const PassedHeader> retry_headers() { return kRetry; }
std::span<const PassedHeader> openai_rate_limits() { return kOpenAi; }
std::span<const PassedHeader> anthropic_rate_limits() { return kAnthropic; }

std::string time_until(std::string_view time, double now_ms) {
  const std::optional<int64_t> then_ms = read_rfc3339_ms(time);
  if (!then_ms) return {};
  const double left_s = std::ceil((static_cast<double>(*then_ms) - now_ms) / 1000);
  const auto seconds = static_cast<int64_t>(std::max(0.0, left_s));
  std::string text;
  if (seconds >= 3600) text += std::to_string(seconds / 3600) + "h";
  if (seconds >= 60) text += std::to_string(seconds / 60 % 60) + "m";
  return text + std::to_string(seconds % 60) + "s";
}

}  // namespace onellm::providers
