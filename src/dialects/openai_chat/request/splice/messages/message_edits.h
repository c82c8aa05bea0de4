// Changes messages whose role, extra members, tool calls or results the host does not accept.
// Rule: All other messages keep every byte. No message is parsed again unless at least one changes in more than its
// role.
#pragma once

#include <string_view>

#include "chat/request.h"
#include "dialects/common/request/drops.h"
#include "dialects/common/splice/source_splice.h"
#include "dialects/openai_chat/request/parameter_rules.h"

namespace onellm::dialects::openai_chat {

// `array` is the value of the request's `messages` in its source.
void edit_messages(const chat::Request& request, const MessageRules& rules, std::string_view array,
                   SourceSplice& splice, Drops& drops);

}  // namespace onellm::dialects::openai_chat
