#include "dialects/common/request/settable_parameter.h"

#include <algorithm>
#include <iterator>

namespace onellm::dialects {

bool is_settable_parameter(std::string_view name) {
  static constexpr std::string_view kFixed[] = {"", "model", "messages", "stream", "onellm"};
  return std::find(std::begin(kFixed), std::end(kFixed), name) == std::end(kFixed);
}

}  // namespace onellm::dialects
