// Reads and writes OpenAI's `usage` object.
// https://platform.openai.com/docs/api-reference/chat/object#chat/object-usage
//
// Corrects the small deviations of hosts, in Usage::raw too: counts that leave out tokens which total_tokens includes
// (xAI's reasoning), and other names for cached tokens and tokens written to a cache.
#pragma once

#include <optional>
#include <string>

#include "chat/usage.h"
#include "json/raw.h"

namespace onellm::dialects::openai_chat {

// nullopt if it is no object, or has no count.
[[nodiscard]] std::optional<chat::Usage> read_usage(json::Raw usage);

// Reads the member `usage` of an object.
[[nodiscard]] std::optional<chat::Usage> read_nested_usage(json::Raw object);

// Appends the `usage` object, the provider's own if there is one. Adds our cost unless the provider reported a valid
// cost.
void append_usage(std::string& out, const chat::Usage& usage);

}  // namespace onellm::dialects::openai_chat
