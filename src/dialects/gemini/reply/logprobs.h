// Converts Gemini's `logprobsResult` to OpenAI's `logprobs`.
// https://ai.google.dev/api/generate-content#LogprobsResult
#pragma once

#include <string>

#include "json/raw.h"

namespace onellm::dialects::gemini {

// The member `"logprobs":{"content":[…],"refusal":null}`; empty if the result has no token.
[[nodiscard]] std::string read_logprobs(json::Raw logprobs_result);

}  // namespace onellm::dialects::gemini
