// Makes the turns of user and assistant alternate, for hosts that refuse two messages of one role in a row: such
// messages become one. A system message after the beginning becomes a message of the user, since those hosts take
// system messages only at the beginning.
//
// Rule: Results of tools are never joined, since each belongs to its call.
#pragma once

#include <string>

#include "chat/request.h"
#include "dialects/common/request/drops.h"

namespace onellm::dialects::openai_chat {

// True if the turns do not alternate.
[[nodiscard]] bool needs_joined_turns(const chat::Request& request);

// The request's source with joined turns. Texts are joined by an empty line, and content parts are appended. A member
// that only the later message has is kept. If both have it with different values (`name`), the earlier message's stays
// and the member is reported as dropped.
[[nodiscard]] std::string with_joined_turns(const chat::Request& request, Drops& drops);

}  // namespace onellm::dialects::openai_chat
