// Writes the content of a message: one string, or an array of parts.
#pragma once

#include "chat/request.h"
#include "dialects/openai_chat/request/compose/draft.h"
#include "json/writer.h"

namespace onellm::dialects::openai_chat {

// Adds the member `content`.
void write_content(const chat::Message& message, ComposeDraft& draft, json::ObjectWriter& object);

}  // namespace onellm::dialects::openai_chat
