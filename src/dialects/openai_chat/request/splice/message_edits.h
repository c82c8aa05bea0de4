// Changes messages where a host does not know their role, what stands in them besides OpenAI's own members,
// or the form in which they call and answer. All others stay to the byte, and none is read again unless
// one of them changes.
#pragma once

#include <string_view>

#include "chat/request.h"
#include "dialects/common/request/drops.h"
#include "dialects/openai_chat/request/parameter_rules.h"
#include "dialects/openai_chat/request/splice/source_splice.h"

namespace onellm::dialects::openai_chat {

// `array` is the value of the request's `messages` in its source.
void edit_messages(const chat::Request& request, const MessageRules& rules, std::string_view array,
                   SourceSplice& splice, Drops& drops);

}  // namespace onellm::dialects::openai_chat
