#include "dialects/anthropic_messages/request_draft.h"

#include <algorithm>
#include <utility>

namespace onellm::dialects::anthropic {

bool RequestDraft::wants_schema() const {
  const chat::ResponseFormat& format = request.response_format;
  return format.kind == chat::ResponseFormatKind::kJsonSchema && !format.schema.empty();
}

void RequestDraft::refuse(std::string param, std::string_view complaint, ErrorKind kind) {
  if (error) return;
  std::string message = param + " " + std::string(complaint) + ".";
  error = Error{.kind = kind, .message = std::move(message), .param = std::move(param)};
}

void RequestDraft::need_beta(std::string_view beta) {
  if (std::find(betas.begin(), betas.end(), beta) == betas.end()) betas.push_back(beta);
}

}  // namespace onellm::dialects::anthropic
