// Encodes a collected answer as a whole reply, `message`.
// https://docs.claude.com/en/api/messages
#pragma once

#include <string>

#include "chat/answer/answer.h"
#include "dialects/client_dialect.h"

namespace onellm::dialects::anthropic_messages {

void encode_reply(const chat::Answer& answer, const ReplyMeta& meta, std::string& out);

}  // namespace onellm::dialects::anthropic_messages
