// The `usage` of a response. Its counts mean what those of Chat Completions do, under other names.
// https://platform.openai.com/docs/api-reference/responses/object#responses/object-usage
#pragma once

#include <optional>

#include "chat/usage.h"
#include "json/reader.h"

namespace onellm::dialects::openai_responses {

// Nothing if it is no object, or names no count.
[[nodiscard]] std::optional<chat::Usage> read_usage(json::Value& value);

}  // namespace onellm::dialects::openai_responses
