#include "dialects/common/errors/complaint.h"

#include <utility>

namespace onellm::dialects {

void complain(std::optional<Error>& error, std::string&& param, std::string_view complaint, ErrorKind kind) {
  if (error) return;
  std::string message = param + " " + std::string(complaint) + ".";
  error = Error{.kind = kind, .message = std::move(message), .param = std::move(param)};
}

std::optional<Error> refusal_of_foreign_type(const chat::Request& request) {
  std::optional<Error> error;
  if (request.source.foreign_type.empty()) return error;
  complain(error, std::string(request.source.foreign_type),
           "is not known here, and cannot be translated for this model", ErrorKind::kUnsupportedParameter);
  return error;
}

}  // namespace onellm::dialects
