// The members of a request by which a dialect limits the tokens of an answer.
#pragma once

#include <span>
#include <string_view>

namespace onellm::dialects {

struct OutputLimits {
  std::span<const std::string_view> names = {};  // If there are several, a provider may take any of them.
  bool may_be_zero = false;                      // 0 asks for no answer: the request only fills the provider's cache.
};

}  // namespace onellm::dialects
