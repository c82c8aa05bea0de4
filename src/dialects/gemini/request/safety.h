// Encodes `safetySettings`: the thresholds of Gemini's filters.
// https://ai.google.dev/api/generate-content#safetysetting
#pragma once

#include "dialects/gemini/request/draft.h"
#include "json/writer.h"

namespace onellm::dialects::gemini {

// Adds the member to the body if the gateway's settings or the client set it: as Gemini's array, or as an object of
// thresholds by category, {"HARASSMENT":"BLOCK_NONE"}.
void encode_safety_settings(RequestDraft& draft, json::ObjectWriter& body);

}  // namespace onellm::dialects::gemini
