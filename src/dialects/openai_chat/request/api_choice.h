// Which of OpenAI's two APIs takes a request, by what the model takes (models/contract.h).
#pragma once

#include "chat/request.h"
#include "models/contract.h"

namespace onellm::dialects::openai_chat {

// True if the model would reason before it answers this request.
[[nodiscard]] bool reasons_on(const models::Contract& contract, const chat::Request& request);

// True if the model answers this request only on the Responses API: some models any request, others function
// tools together with reasoning; and tools that OpenAI runs itself are known nowhere else.
[[nodiscard]] bool needs_responses(const models::Contract& contract, const chat::Request& request);

}  // namespace onellm::dialects::openai_chat
