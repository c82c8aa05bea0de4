// Writes what the model said in an earlier answer, all but its calls: texts, the images that it made, and what
// Google's own tools were asked and said.
#pragma once

#include "chat/request.h"
#include "dialects/gemini/request/draft.h"
#include "dialects/gemini/request/messages/writer.h"

namespace onellm::dialects::gemini {

void write_answer(RequestDraft& draft, const chat::Message& message, Contents& contents);

}  // namespace onellm::dialects::gemini
