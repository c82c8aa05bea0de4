// Encodes the sampling, the limits and the format of the answer: `generationConfig`.
// https://ai.google.dev/api/generate-content#generationconfig
#pragma once

#include "dialects/gemini/request/draft.h"
#include "json/writer.h"

namespace onellm::dialects::gemini {

// Adds the member to the body, unless nothing was asked for.
void encode_generation_config(RequestDraft& draft, json::ObjectWriter& body);

}  // namespace onellm::dialects::gemini
