// Decodes `messages`: roles, content, and the tool calls of earlier turns.
// https://platform.openai.com/docs/api-reference/chat/create#chat-create-messages
//
// Also accepts forms outside the specification that clients send: tool calls without `type`, arguments as an object,
// empty arguments, ids of any shape, an empty `tool_calls`, and null for every absent member.
#pragma once

#include "chat/request.h"
#include "dialects/common/client/field_reader.h"

namespace onellm::dialects::openai_chat {

void decode_messages(FieldReader& fields, json::Value& value, chat::Request& request);

}  // namespace onellm::dialects::openai_chat
