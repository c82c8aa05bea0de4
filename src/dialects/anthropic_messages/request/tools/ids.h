// Ids of tool calls as Anthropic takes them: of letters, digits, `_` and `-`, each only once in a
// conversation. Those of other hosts are anything: with other signs, the same again in every turn, empty.
#pragma once

#include <string>
#include <vector>

#include "chat/request.h"

namespace onellm::dialects::anthropic_messages {

// One id for each call of the request, in order; the function_call of a message counts after its
// tool_calls. Good ids stay as they are, and the same request gets the same ids every time.
[[nodiscard]] std::vector<std::string> legal_call_ids(const chat::Request& request);

}  // namespace onellm::dialects::anthropic_messages
