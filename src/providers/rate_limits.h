// The headers about rate limits in providers' replies, and the names under which clients get them: those of OpenAI.
// https://platform.openai.com/docs/guides/rate-limits#rate-limits-in-headers
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "providers/provider.h"

namespace onellm::providers {

// Headers about retries, which any provider may send.
[[nodiscard]] std::span<const PassedHeader> retry_headers();

// OpenAI's headers. Azure and compatible hosts send them too.
[[nodiscard]] std::span<const PassedHeader> openai_rate_limits();

// Anthropic's headers. OpenAI's clients know one limit of tokens. They get Anthropic's limit of tokens, which shows the
// tighter of its limits of input and output tokens.
// https://docs.claude.com/en/api/rate-limits#response-headers
[[nodiscard]] std::span<const PassedHeader> anthropic_rate_limits();

// The duration from now to a point in time (RFC 3339), as OpenAI writes it: "6m0s", "1s". Rounded up to whole seconds;
// "0s" if the time has passed. Empty if `time` is no such time.
[[nodiscard]] std::string time_until(std::string_view time, double now_ms);

}  // namespace onellm::providers
