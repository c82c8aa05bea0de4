#include "dialects/common/request/drops.h"

#include <algorithm>

#include "base/limits.h"

namespace onellm::dialects {

void Drops::add(std::string_view parameter) {
  if (names_.size() == kDropsMax) return;
  if (std::find(hints_.begin(), hints_.end(), parameter) != hints_.end()) return;
  if (parameter.empty()) parameter = R"("")";
  if (std::find(names_.begin(), names_.end(), parameter) == names_.end()) names_.emplace_back(parameter);
}

std::optional<Error> Drops::refusal() const {
  if (names_.empty()) return std::nullopt;
  return Error{.kind = ErrorKind::kUnsupportedParameter,
               .message = "The model asked does not support " + names_.front() + ", and the request is strict.",
               .param = names_.front()};
}

}  // namespace onellm::dialects
