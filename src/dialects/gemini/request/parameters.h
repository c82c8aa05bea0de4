// Encodes `generationConfig`: sampling, limits, thinking and format of the answer.
// https://ai.google.dev/api/generate-content#generationconfig
#pragma once

#include "dialects/gemini/request/draft.h"
#include "json/writer.h"

namespace onellm::dialects::gemini {

// Adds the member to the body, unless it would be empty.
void encode_generation_config(RequestDraft& draft, json::ObjectWriter& body);

}  // namespace onellm::dialects::gemini
