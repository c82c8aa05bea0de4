// One word for an error. Logs, data points and the text that shows a failed leg in a joined answer use it.
//
// Rule: it is the same whatever dialect the client speaks.
#pragma once

#include <string>

#include "base/error.h"

namespace onellm::dialects {

// Its provider's word for the kind of error, else the gateway's word, which is OpenAI's `type`. Never empty.
[[nodiscard]] std::string type_of(const Error& error);

// Its code, else its type.
[[nodiscard]] std::string reason_of(const Error& error);

}  // namespace onellm::dialects
