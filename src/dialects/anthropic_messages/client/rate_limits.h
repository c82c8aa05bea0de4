// Rate limits in the headers of replies, in Anthropic's form.
// https://docs.claude.com/en/api/rate-limits#response-headers
#pragma once

#include <string_view>

#include "dialects/client_dialect.h"

namespace onellm::dialects::anthropic_messages {

// The names of these headers, separated by ", ".
inline constexpr std::string_view kRateLimitHeaders =
    "anthropic-ratelimit-requests-limit, anthropic-ratelimit-requests-remaining, anthropic-ratelimit-requests-reset, "
    "anthropic-ratelimit-tokens-limit, anthropic-ratelimit-tokens-remaining, anthropic-ratelimit-tokens-reset, "
    "anthropic-ratelimit-input-tokens-limit, anthropic-ratelimit-input-tokens-remaining, "
    "anthropic-ratelimit-input-tokens-reset, anthropic-ratelimit-output-tokens-limit, "
    "anthropic-ratelimit-output-tokens-remaining, anthropic-ratelimit-output-tokens-reset";

// Adds Anthropic's form of the limits that have OpenAI's names (`x-ratelimit-remaining-tokens`). Does nothing if a
// header of Anthropic's is there already. OpenAI writes the time to a reset as a duration, Anthropic as a time.
void add_rate_limits(HeaderList& headers, double now_ms);

}  // namespace onellm::dialects::anthropic_messages
