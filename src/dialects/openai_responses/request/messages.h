// Writes the messages of a request as `input`. Tool calls and their results become separate items.
// https://platform.openai.com/docs/api-reference/responses/create
#pragma once

#include "dialects/openai_responses/request/draft.h"
#include "json/writer.h"

namespace onellm::dialects::openai_responses {

// Requires that `body` writes to draft.body.
void write_input(RequestDraft& draft, json::ObjectWriter& body);

}  // namespace onellm::dialects::openai_responses
