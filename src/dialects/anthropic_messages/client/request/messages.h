// Decodes `system` and `messages`.
//
// A message of the client may become several: the results of tools come first in a turn of the user, each as a message
// of its own.
#pragma once

#include "chat/request.h"
#include "dialects/common/client/field_reader.h"

namespace onellm::dialects::anthropic_messages {

void decode_messages(FieldReader& fields, json::Value& value, chat::Request& request);

// The value of `system`, as a message that goes before all others. Without parts: there is none.
[[nodiscard]] chat::Message decode_system(FieldReader& fields, json::Value& value, chat::Request& request);

}  // namespace onellm::dialects::anthropic_messages
