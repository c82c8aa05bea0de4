#include "dialects/gemini/request_draft.h"

#include <utility>

namespace onellm::dialects {

void GeminiDraft::refuse(std::string param, std::string_view complaint, ErrorKind kind) {
  if (error) return;
  std::string message = param + " " + std::string(complaint) + ".";
  error = Error{.kind = kind, .message = std::move(message), .param = std::move(param)};
}

}  // namespace onellm::dialects
