// What only this API has of the client's own `reasoning`. How much the model shall reason is reasoning_wish.h.
// https://platform.openai.com/docs/api-reference/responses/create#responses-create-reasoning
#pragma once

#include <string>

#include "dialects/openai_responses/request/draft.h"

namespace onellm::dialects::openai_responses {

struct OwnReasoning {
  std::string summary;  // Raw members: `summary`, or `generate_summary` as it was called before.
};

// What of it is no wish of how to reason, and what this API does not have, is dropped and named.
[[nodiscard]] OwnReasoning read_own_reasoning(RequestDraft& draft);

}  // namespace onellm::dialects::openai_responses
