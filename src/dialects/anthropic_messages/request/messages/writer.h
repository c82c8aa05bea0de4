// Writes a conversation: `system` and `messages`.
#pragma once

#include "dialects/anthropic_messages/request/messages/conversation.h"
#include "dialects/common/splice/spliced_text.h"
#include "dialects/common/tools/tool_names.h"
#include "json/writer.h"

namespace onellm::dialects::anthropic_messages {

// `object` must write to body.text(). `names` maps tools to the names that are sent. The texts that `conversation`
// views must outlive the body.
void write_conversation(const Conversation& conversation, const ToolNames& names, SplicedText& body,
                        json::ObjectWriter& object);

}  // namespace onellm::dialects::anthropic_messages
