// Writes a conversation: `system` and `messages`.
#pragma once

#include "dialects/anthropic_messages/conversation.h"
#include "dialects/spliced_text.h"
#include "json/writer.h"

namespace onellm::dialects::anthropic {

// `object` writes to body.text(); what `conversation` views of the request must outlive the body.
void write_conversation(const Conversation& conversation, SplicedText& body, json::ObjectWriter& object);

}  // namespace onellm::dialects::anthropic
