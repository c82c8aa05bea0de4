// Reads the `usage` of a response. The counts mean the same as in Chat Completions, under other names.
// https://platform.openai.com/docs/api-reference/responses/object#responses/object-usage
#pragma once

#include <optional>

#include "chat/usage.h"
#include "json/reader.h"

namespace onellm::dialects::openai_responses {

// nullopt if it is no object, or has no count.
[[nodiscard]] std::optional<chat::Usage> read_usage(json::Value& value);

}  // namespace onellm::dialects::openai_responses
