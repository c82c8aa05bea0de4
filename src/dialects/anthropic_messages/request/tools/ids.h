// Makes ids of tool calls that Anthropic accepts: letters, digits, `_` and `-`, unique in the conversation. Ids of
// other providers may have other characters, repeat in every turn, or be empty.
#pragma once

#include <string>
#include <vector>

#include "chat/request.h"

namespace onellm::dialects::anthropic_messages {

// One id for each call of the request, in order; a message's function_call comes after its tool_calls. Valid ids stay
// unchanged. The same request always gets the same ids.
[[nodiscard]] std::vector<std::string> legal_call_ids(const chat::Request& request);

}  // namespace onellm::dialects::anthropic_messages
