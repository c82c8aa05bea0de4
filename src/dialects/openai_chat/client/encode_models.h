// Encodes the list of models in OpenAI's form, with the sizes of each where they are known.
// https://platform.openai.com/docs/api-reference/models/list
#pragma once

#include <span>
#include <string>

#include "dialects/model_info.h"

namespace onellm::dialects::openai_chat {

void encode_model(const ModelInfo& model, std::string& out);
void encode_models(std::span<const ModelInfo> models, std::string& out);

}  // namespace onellm::dialects::openai_chat
