// Writes the messages of a request.
#pragma once

#include "dialects/openai_chat/request/compose/draft.h"
#include "json/writer.h"

namespace onellm::dialects::openai_chat {

// Adds the member `messages`: one message for each of the request's.
void write_messages(ComposeDraft& draft, json::ObjectWriter& body);

}  // namespace onellm::dialects::openai_chat
