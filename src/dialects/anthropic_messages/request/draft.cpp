#include "dialects/anthropic_messages/request/draft.h"

#include <algorithm>

namespace onellm::dialects::anthropic_messages {

bool RequestDraft::wants_schema() const {
  const chat::ResponseFormat& format = request.response_format;
  return !gives_up_schema && !has_own_format() && format.kind == chat::ResponseFormatKind::kJsonSchema &&
         !format.schema.empty();
}

void RequestDraft::need_beta(std::string_view beta) {
  if (std::find(betas.begin(), betas.end(), beta) == betas.end()) betas.push_back(beta);
}

}  // namespace onellm::dialects::anthropic_messages
