// Errors of PaLM: Google's (gemini/errors.h), and what to do where it says that there is no such model.
#pragma once

#include <string_view>

#include "base/error.h"

namespace onellm::dialects::palm {

// A reply with an error's status, or a body that is an error although the status is not. `model` is what
// was asked for.
[[nodiscard]] Error decode_error(int status, std::string_view body, std::string_view model);

}  // namespace onellm::dialects::palm
