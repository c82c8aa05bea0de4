// Encodes a collected answer as a whole reply, `chat.completion`.
// https://platform.openai.com/docs/api-reference/chat/object
#pragma once

#include <string>

#include "chat/answer/answer.h"
#include "dialects/client_dialect.h"

namespace onellm::dialects::openai_chat {

// Always writes `content`, `refusal` and `logprobs`, as OpenAI's schema requires. Leaves out an empty `tool_calls`,
// since some clients treat an empty array as a call.
void encode_reply(const chat::Answer& answer, const ReplyMeta& meta, std::string& out);

}  // namespace onellm::dialects::openai_chat
