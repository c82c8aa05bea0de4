// Decodes errors of PaLM: Google's (gemini/errors.h). If the model is not found, the message suggests a replacement.
#pragma once

#include <string_view>

#include "base/error.h"

namespace onellm::dialects::palm {

// Decodes a reply with an error status, or an error body with a success status. `model` is the requested model.
[[nodiscard]] Error decode_error(int status, std::string_view body, std::string_view model);

}  // namespace onellm::dialects::palm
