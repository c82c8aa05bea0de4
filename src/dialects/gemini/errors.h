// Decodes errors of Google's APIs: `{"error":{"code","message","status","details"}}`, the same for Gemini and PaLM.
// https://cloud.google.com/apis/design/errors
#pragma once

#include <string_view>

#include "base/error.h"
#include "json/raw.h"

namespace onellm::dialects::gemini {

// Decodes a reply with an error status and any body, or an error body with a success status.
[[nodiscard]] Error decode_error(int status, std::string_view body);

// Decodes the value of `error` in a stream, or in a reply whose status was 200.
[[nodiscard]] Error decode_stream_error(json::Raw error);

}  // namespace onellm::dialects::gemini
