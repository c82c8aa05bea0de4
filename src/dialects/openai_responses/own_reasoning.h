// The client's own `reasoning`, beside Chat Completions' `reasoning_effort`: an object as Responses has it, or as
// OpenRouter does.
// https://openrouter.ai/docs/use-cases/reasoning-tokens
#pragma once

#include <string>

#include "dialects/openai_responses/request_draft.h"

namespace onellm::dialects::responses {

struct OwnReasoning {
  std::string effort;   // A JSON value; empty: not said.
  std::string summary;  // Raw members: `summary`, or `generate_summary` as it was called before.
};

// What of it this API has. The rest is dropped and named.
[[nodiscard]] OwnReasoning read_own_reasoning(RequestDraft& draft);

}  // namespace onellm::dialects::responses
