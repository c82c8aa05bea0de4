// Writes tools and tool_choice, which have one level of nesting less than in Chat Completions.
// https://platform.openai.com/docs/guides/function-calling
#pragma once

#include "dialects/openai_responses/request/draft.h"
#include "json/writer.h"

namespace onellm::dialects::openai_responses {

// True if the request has tools, and none of them is sent.
[[nodiscard]] bool loses_all_tools(const chat::Request& request);

// Requires that `body` writes to draft.body.
void write_tools(RequestDraft& draft, json::ObjectWriter& body);

}  // namespace onellm::dialects::openai_responses
