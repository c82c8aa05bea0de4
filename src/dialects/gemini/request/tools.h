// Encodes the tools and how they are to be used: `tools` and `toolConfig`.
// https://ai.google.dev/api/caching#Tool
//
// Custom tools are refused: Gemini would call a stand-in as a function, and its client could not tell the
// call from one of a function of its own.
#pragma once

#include "dialects/gemini/request/draft.h"
#include "json/writer.h"

namespace onellm::dialects::gemini {

// Adds the members to the body, unless there are no tools.
void encode_tools(RequestDraft& draft, json::ObjectWriter& body);

}  // namespace onellm::dialects::gemini
