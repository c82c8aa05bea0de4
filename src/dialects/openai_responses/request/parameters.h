// Writes the parameters of a request, apart from its messages and tools: under the same name, under another name, or
// reported as dropped.
// https://platform.openai.com/docs/api-reference/responses/create
#pragma once

#include "dialects/openai_responses/request/draft.h"
#include "json/writer.h"

namespace onellm::dialects::openai_responses {

// Refuses parameters that cannot be dropped without changing the answer: several choices, audio output.
void check_parameters(RequestDraft& draft);

// Requires that `body` writes to draft.body.
void write_parameters(RequestDraft& draft, json::ObjectWriter& body);

}  // namespace onellm::dialects::openai_responses
