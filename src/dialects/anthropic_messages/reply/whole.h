// Decodes a whole reply of the Messages API into the events that a stream of the same answer would give.
// https://docs.claude.com/en/api/messages
#pragma once

#include <string_view>

#include "dialects/dialect.h"

namespace onellm::dialects::anthropic_messages {

// Ends with kCompleted or kFailed. An error body that came with a 2xx status is a kFailed, too.
void decode_reply(std::string_view body, const ReplyContext& context, chat::EventSink& sink);

}  // namespace onellm::dialects::anthropic_messages
