#include "chat/request.h"

#include <utility>

namespace onellm::chat {

json::Raw Request::parameter(std::string_view name) const {
  for (const Parameter& parameter : parameters) {
    if (parameter.name == name) return parameter.value;
  }
  return {};
}

std::string_view Request::keep(std::string text) {
  if (!kept) kept = std::make_shared<std::deque<std::string>>();
  return kept->emplace_back(std::move(text));
}

}  // namespace onellm::chat
