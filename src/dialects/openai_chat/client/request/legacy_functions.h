// Rewrites the deprecated `functions` of a request as `tools`, the form that replaced them.
// https://platform.openai.com/docs/api-reference/chat/create
#pragma once

#include <string>
#include <string_view>

#include "json/raw.h"

namespace onellm::dialects::openai_chat {

// The value of `tools` for a value of `functions`.
[[nodiscard]] std::string tools_of_functions(json::Raw functions);

// The value of `tool_choice` for a top-level `function_call`.
[[nodiscard]] std::string tool_choice_of_function_call(json::Raw function_call);

// The value of a message's `tool_calls` for its `function_call`.
[[nodiscard]] std::string tool_calls_of_function_call(json::Raw function_call, std::string_view id);

}  // namespace onellm::dialects::openai_chat
