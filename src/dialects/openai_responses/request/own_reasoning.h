// Reads the members of the client's `reasoning` that only this API has. How much to reason is read in
// reasoning_wish.h.
// https://platform.openai.com/docs/api-reference/responses/create#responses-create-reasoning
#pragma once

#include <string>

#include "dialects/openai_responses/request/draft.h"

namespace onellm::dialects::openai_responses {

struct OwnReasoning {
  std::string summary;  // Raw members: `summary`, or its older name `generate_summary`.
};

// Reports all other members as dropped, except those that reasoning_wish.h reads.
[[nodiscard]] OwnReasoning read_own_reasoning(RequestDraft& draft);

}  // namespace onellm::dialects::openai_responses
