// Decodes a whole reply of the Messages API into the same chat events as a stream of the same reply.
// https://docs.claude.com/en/api/messages
#pragma once

#include <string_view>

#include "dialects/dialect.h"

namespace onellm::dialects::anthropic_messages {

// The last event is kCompleted or kFailed. An error body with a 2xx status gives kFailed.
void decode_reply(std::string_view body, const ReplyContext& context, chat::EventSink& sink);

}  // namespace onellm::dialects::anthropic_messages
