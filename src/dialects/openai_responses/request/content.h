// Writes the content parts of messages and results of tools.
// https://platform.openai.com/docs/api-reference/responses/create
#pragma once

#include <string>

#include "chat/request.h"
#include "dialects/openai_responses/request/draft.h"

namespace onellm::dialects::openai_responses {

// Append one part to `out`, which is draft.body's text; its data is only viewed. Of what is said to the
// model:
void write_input_part(const chat::Part& part, bool ends_cache, std::string& out, RequestDraft& draft);
// Of what it said itself; requires a text or a refusal.
void write_output_part(const chat::Part& part, std::string& out, RequestDraft& draft);

}  // namespace onellm::dialects::openai_responses
