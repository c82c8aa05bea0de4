// Says which top-level members of a request the settings of a host may change.
#pragma once

#include <string_view>

namespace onellm::dialects {

// True if settings may leave out or rename the parameter. False for required members and for the gateway's own.
[[nodiscard]] bool is_settable_parameter(std::string_view name);

}  // namespace onellm::dialects
