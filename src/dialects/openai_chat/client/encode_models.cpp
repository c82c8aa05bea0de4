#include "dialects/openai_chat/client/encode_models.h"

#include "json/writer.h"

namespace onellm::dialects::openai_chat {

void encode_model(const ModelInfo& model, std::string& out) {
  json::ObjectWriter object(out);
  object.add_plain("id", model.id);
  object.add_plain("object", "model");
  object.add("created", model.created_s);  // 0: unknown; OpenAI's format requires a number.
  object.add_plain("owned_by", model.owned_by);
  if (model.context_tokens > 0) object.add("context_window", model.context_tokens);
  if (model.output_tokens_max > 0) object.add("max_output_tokens", model.output_tokens_max);
}

void encode_models(std::span<const ModelInfo> models, std::string& out) {
  out += R"({"object":"list","data":)";
  {
    json::ArrayWriter list(out);
    for (const ModelInfo& model : models) encode_model(model, list.next());
  }
  out += '}';
}

}  // namespace onellm::dialects::openai_chat
