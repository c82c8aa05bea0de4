// Reads what reasoning_items.h wrote, when a client sends it back.
#pragma once

#include <string>

#include "chat/request.h"

namespace onellm::dialects::openai_responses {

// The reasoning item in the block, as JSON. Empty where it is none, or not one that `origin`
// (request/draft.h) has written: no other can read it.
[[nodiscard]] std::string past_reasoning(const chat::ThinkingBlock& block, const std::string& origin);

}  // namespace onellm::dialects::openai_responses
