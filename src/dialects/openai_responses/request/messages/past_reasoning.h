// Reads the reasoning that reasoning_items.h wrote, when a client sends it back.
#pragma once

#include <string>

#include "chat/request.h"

namespace onellm::dialects::openai_responses {

// The reasoning item in the block, as JSON. Empty if it is no such item, or if another model or place than `origin`
// (request/draft.h) wrote it: `origin` could not read it.
[[nodiscard]] std::string past_reasoning(const chat::ThinkingBlock& block, const std::string& origin);

}  // namespace onellm::dialects::openai_responses
