// Encodes `tools` and `toolConfig`.
// https://ai.google.dev/api/caching#Tool
//
// Rule: Custom tools are refused. Gemini has only functions, and the client could not tell a call of a custom tool from
// a call of one of its functions.
#pragma once

#include "dialects/gemini/request/draft.h"
#include "json/writer.h"

namespace onellm::dialects::gemini {

// Adds the members to the body, unless there are no tools.
void encode_tools(RequestDraft& draft, json::ObjectWriter& body);

}  // namespace onellm::dialects::gemini
