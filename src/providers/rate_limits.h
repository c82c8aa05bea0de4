// What providers say of rate limits, in the headers of their replies, and how OpenAI's clients know it.
// https://platform.openai.com/docs/guides/rate-limits#rate-limits-in-headers
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "providers/provider.h"

namespace onellm::providers {

// When to try again: every provider may say that.
[[nodiscard]] std::span<const PassedHeader> retry_headers();

// OpenAI's own, which Azure and compatible hosts send too.
[[nodiscard]] std::span<const PassedHeader> openai_rate_limits();

// Anthropic's. Its limits of input and of output tokens are one limit for OpenAI's clients: that of
// tokens, which Anthropic gives for the tighter of the two.
// https://docs.claude.com/en/api/rate-limits#response-headers
[[nodiscard]] std::span<const PassedHeader> anthropic_rate_limits();

// How long a point in time (RFC 3339) is from now, as OpenAI writes it: "6m0s", "1s". In whole seconds,
// never too few; "0s" where it has passed. Empty where `time` is no such time.
[[nodiscard]] std::string time_until(std::string_view time, double now_ms);

}  // namespace onellm::providers
