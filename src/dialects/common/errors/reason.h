// One word for an error: its code, its provider's word, or the gateway's word for what it is about.
//
// Rule: it is the same whatever dialect the client speaks. Logs, data points and the text that shows a failed leg in a
// joined answer use it.
#pragma once

#include <string>

#include "base/error.h"

namespace onellm::dialects {

// Never empty.
[[nodiscard]] std::string reason_of(const Error& error);

}  // namespace onellm::dialects
