// Converts Gemini's `logprobsResult` to the canonical form (chat::EventDetails::logprobs).
// https://ai.google.dev/api/generate-content#LogprobsResult
#pragma once

#include <string>

#include "json/raw.h"

namespace onellm::dialects::gemini {

// {"content":[…],"refusal":null}; empty if the result has no token.
[[nodiscard]] std::string read_logprobs(json::Raw logprobs_result);

}  // namespace onellm::dialects::gemini
