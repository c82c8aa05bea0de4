// The parameters of a request, apart from its messages and tools: under the same name, another one, or
// dropped and named.
// https://platform.openai.com/docs/api-reference/responses/create
#pragma once

#include "dialects/openai_responses/request/draft.h"
#include "json/writer.h"

namespace onellm::dialects::openai_responses {

// Refuses what would change the meaning of the answer: several choices, an answer of sound.
void check_parameters(RequestDraft& draft);

// `body` writes to draft.body.
void write_parameters(RequestDraft& draft, json::ObjectWriter& body);

}  // namespace onellm::dialects::openai_responses
