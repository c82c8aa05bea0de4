// OpenAI's `usage` object, read and written.
// https://platform.openai.com/docs/api-reference/chat/object#chat/object-usage
//
// Hosts deviate from it in small ways, which are put right here and in Usage::raw too: counts that leave
// out what total_tokens has (xAI's reasoning), and under names of their own tokens that were cached, and those that
// were written to a cache.
#pragma once

#include <optional>
#include <string>

#include "chat/usage.h"
#include "json/raw.h"

namespace onellm::dialects::openai_chat {

// Nothing if it is no object, or names no count.
[[nodiscard]] std::optional<chat::Usage> read_usage(json::Raw usage);

// The member `usage` of an object, read likewise.
[[nodiscard]] std::optional<chat::Usage> read_nested_usage(json::Raw object);

// Appends the object: the provider's own where there is one. What it cost is added,
// unless the provider said so in a way that can be believed.
void append_usage(std::string& out, const chat::Usage& usage);

}  // namespace onellm::dialects::openai_chat
