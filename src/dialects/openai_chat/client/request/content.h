// Decodes the `content` of a message: one string, or an array of parts.
// https://platform.openai.com/docs/api-reference/chat/create#chat-create-messages
#pragma once

#include "chat/request.h"
#include "dialects/common/client/field_reader.h"

namespace onellm::dialects::openai_chat {

// Sets has_content, content_is_text and parts.
void decode_content(FieldReader& fields, json::Value& value, chat::Message& message);

// Reports an error for parts that a message of its role may not have. Requires that `fields` is at the message.
void check_content_by_role(FieldReader& fields, const chat::Message& message);

}  // namespace onellm::dialects::openai_chat
