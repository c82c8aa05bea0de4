// Encodes a collected answer as a whole reply, `chat.completion`.
// https://platform.openai.com/docs/api-reference/chat/object
#pragma once

#include <string>

#include "chat/answer.h"
#include "dialects/dialect.h"

namespace onellm::dialects::openai_chat {

// `content`, `refusal` and `logprobs` are always there, as OpenAI's schema wants them; `tool_calls` is left
// out where there are none, since clients take an empty array for a call.
void encode_reply(const chat::Answer& answer, const ReplyMeta& meta, std::string& out);

}  // namespace onellm::dialects::openai_chat
