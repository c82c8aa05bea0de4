// Chooses between OpenAI's two APIs for a request, by the model's contract (models/contract.h).
#pragma once

#include "chat/request.h"
#include "models/contract.h"

namespace onellm::dialects::openai_chat {

// True if the model would reason before it answers this request.
[[nodiscard]] bool reasons_on(const models::Contract& contract, const chat::Request& request);

// True if the model answers this request only on the Responses API. Some models need it for every request, others for
// function tools with reasoning. Hosted tools (run by OpenAI itself) always need it.
[[nodiscard]] bool needs_responses(const models::Contract& contract, const chat::Request& request);

}  // namespace onellm::dialects::openai_chat
