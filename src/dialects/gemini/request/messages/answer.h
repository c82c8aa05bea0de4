// Writes an earlier answer of the model except its tool calls: texts, images that it made, and the calls and results of
// Google's own tools.
#pragma once

#include "chat/request.h"
#include "dialects/gemini/request/draft.h"
#include "dialects/gemini/request/messages/writer.h"

namespace onellm::dialects::gemini {

void write_answer(RequestDraft& draft, const chat::Message& message, Contents& contents);

}  // namespace onellm::dialects::gemini
