// Writes the content parts of messages and results of tools.
// https://platform.openai.com/docs/api-reference/responses/create
#pragma once

#include <string>

#include "chat/request.h"
#include "dialects/openai_responses/request/draft.h"

namespace onellm::dialects::openai_responses {

// Both append one part to `out`, which must be draft.body's text; long data is only viewed.
// A part of the input to the model. `ends_cache`: mark it as the end of a cached prompt.
void write_input_part(const chat::Part& part, bool ends_cache, std::string& out, RequestDraft& draft);
// A part of the model's own earlier answer; requires a text or a refusal.
void write_output_part(const chat::Part& part, std::string& out, RequestDraft& draft);

}  // namespace onellm::dialects::openai_responses
