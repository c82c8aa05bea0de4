// Writes what the model said in an earlier answer, all but its calls: texts, the images that it made, and what
// Google's own tools were asked and said.
#pragma once

#include "chat/request.h"
#include "dialects/gemini/request/messages/writer.h"
#include "dialects/gemini/request/draft.h"

namespace onellm::dialects {

void write_answer(GeminiDraft& draft, const chat::Message& message, GeminiContents& contents);

}  // namespace onellm::dialects
