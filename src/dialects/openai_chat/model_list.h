// The list of models as OpenAI and compatible hosts give it.
// https://platform.openai.com/docs/api-reference/models/list
#pragma once

#include <string_view>
#include <vector>

#include "dialects/dialect.h"

namespace onellm::dialects::openai_chat {

// `{"data":[{"id","created"?}…]}`, or that array alone, as some hosts send it. Entries without an id are
// left out; what is no list gives none.
[[nodiscard]] std::vector<ModelEntry> decode_model_list(std::string_view body);

}  // namespace onellm::dialects::openai_chat
