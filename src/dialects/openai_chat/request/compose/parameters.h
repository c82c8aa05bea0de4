// Writes the parameters of a request, apart from its messages and tools.
#pragma once

#include "dialects/openai_chat/request/compose/draft.h"
#include "json/writer.h"

namespace onellm::dialects::openai_chat {

void write_parameters(ComposeDraft& draft, json::ObjectWriter& body);

}  // namespace onellm::dialects::openai_chat
