#include "dialects/complaint.h"

#include <utility>

namespace onellm::dialects {

void complain(std::optional<Error>& error, std::string&& param, std::string_view complaint, ErrorKind kind) {
  if (error) return;
  std::string message = param + " " + std::string(complaint) + ".";
  error = Error{.kind = kind, .message = std::move(message), .param = std::move(param)};
}

}  // namespace onellm::dialects
