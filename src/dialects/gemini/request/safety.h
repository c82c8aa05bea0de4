// Encodes what Gemini's filters shall let pass: `safetySettings`.
// https://ai.google.dev/api/generate-content#safetysetting
#pragma once

#include "dialects/gemini/request/draft.h"
#include "json/writer.h"

namespace onellm::dialects::gemini {

// Adds the member to the body, where the gateway's settings or the client say something: either an array
// as Gemini has it, or an object of thresholds by category, {"HARASSMENT":"BLOCK_NONE"}.
void encode_safety_settings(RequestDraft& draft, json::ObjectWriter& body);

}  // namespace onellm::dialects::gemini
