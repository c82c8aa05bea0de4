// Gemini's `logprobsResult` as OpenAI's `logprobs`.
// https://ai.google.dev/api/generate-content#LogprobsResult
#pragma once

#include <string>

#include "json/raw.h"

namespace onellm::dialects {

// The member `"logprobs":{"content":[…],"refusal":null}`; empty where the result names no token.
[[nodiscard]] std::string logprobs_of_gemini(json::Raw logprobs_result);

}  // namespace onellm::dialects
