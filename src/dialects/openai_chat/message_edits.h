// Changes messages where a host does not know their role, or the deprecated forms in which they call
// functions. All others stay to the byte, and are not read again unless one of theirs is of an old form.
#pragma once

#include <string_view>

#include "chat/request.h"
#include "dialects/drops.h"
#include "dialects/openai_chat/parameter_rules.h"
#include "dialects/openai_chat/source_splice.h"

namespace onellm::dialects {

// `array` is the value of the request's `messages` in its source.
void edit_messages(const chat::Request& request, const MessageRules& rules, std::string_view array,
                   SourceSplice& splice, Drops& drops);

}  // namespace onellm::dialects
