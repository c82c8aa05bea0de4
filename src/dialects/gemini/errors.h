// Errors as Google's interfaces send them: `{"error":{"code","message","status","details"}}`, the same for
// Gemini and PaLM.
// https://cloud.google.com/apis/design/errors
#pragma once

#include <string_view>

#include "base/error.h"
#include "json/raw.h"

namespace onellm::dialects::gemini {

// A reply with an error's status and any body; or a body that is an error although the status is not.
[[nodiscard]] Error decode_error(int status, std::string_view body);

// The value of an `error` in a stream, or in a reply whose status was 200.
[[nodiscard]] Error decode_stream_error(json::Raw error);

}  // namespace onellm::dialects::gemini
