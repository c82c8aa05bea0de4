// Writes how the model should think, for a request in another dialect.
#pragma once

#include "dialects/openai_chat/request/compose/draft.h"
#include "json/writer.h"

namespace onellm::dialects::openai_chat {

// Adds `reasoning_effort`; for a host with a switch of its own also `thinking`, which HostEdits turns into that switch.
// Reports what cannot be said.
void write_reasoning(ComposeDraft& draft, json::ObjectWriter& body);

}  // namespace onellm::dialects::openai_chat
