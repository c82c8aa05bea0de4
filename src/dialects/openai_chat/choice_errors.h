// Masks errors inside a good reply. OpenRouter and others end one choice with `"error":{…}` beside its finish_reason,
// and the rest of the reply is valid. https://openrouter.ai/docs/api-reference/errors
//
// Rule: all other bytes stay unchanged. Each function returns nothing if there is no such error.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "json/masked.h"
#include "json/raw.h"

namespace onellm::dialects::openai_chat {

// Masks the value of `error` in the members of one choice.
[[nodiscard]] std::optional<std::string> mask_choice_error(json::RawMembers of_choice, json::MaskText mask);

// Masks every `choices[k].error` of a reply.
[[nodiscard]] std::optional<std::string> mask_choice_errors(std::string_view reply, json::MaskText mask);

// The same for a text of server-sent events, each of which contains such a reply.
[[nodiscard]] std::optional<std::string> mask_choice_errors_in_events(std::string_view events, json::MaskText mask);

}  // namespace onellm::dialects::openai_chat
