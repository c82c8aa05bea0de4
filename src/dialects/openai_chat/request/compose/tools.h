// Writes the tools of a request, and which of them the model must call.
#pragma once

#include "dialects/openai_chat/request/compose/draft.h"
#include "json/writer.h"

namespace onellm::dialects::openai_chat {

// Adds `tools`, `functions`, and `tool_choice` or the older `function_call`.
void write_tools(ComposeDraft& draft, json::ObjectWriter& body);

}  // namespace onellm::dialects::openai_chat
