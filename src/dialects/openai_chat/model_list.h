// Reads the list of models of OpenAI and compatible hosts.
// https://platform.openai.com/docs/api-reference/models/list
#pragma once

#include <string_view>
#include <vector>

#include "dialects/dialect.h"

namespace onellm::dialects::openai_chat {

// Reads `{"data":[{"id","created"?}…]}`, or only the array, as some hosts send it. Skips entries without an id. Any
// other body gives an empty list.
[[nodiscard]] std::vector<ModelEntry> decode_model_list(std::string_view body);

}  // namespace onellm::dialects::openai_chat
