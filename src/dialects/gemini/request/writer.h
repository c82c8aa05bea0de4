// Encodes a request for Google's Gemini API: the body of generateContent and streamGenerateContent.
// https://ai.google.dev/api/generate-content#request-body
//
// Rule: Gemini refuses unknown keys, so only known keys are written. Everything that is left out is reported to the
// client.
#pragma once

#include "base/result.h"
#include "chat/request.h"
#include "dialects/dialect.h"

namespace onellm::dialects::gemini {

// Errors: kBadRequest or kUnsupportedParameter, with `param`. `request` must outlive the result, which views its large
// texts and images. Of Gemini's own keys the client may send top_k, safety_settings (or safetySettings) and
// cached_content (or cachedContent). The gateway's safety settings override the client's.
[[nodiscard]] Result<EncodedRequest> encode_request(const chat::Request& request, const EncodeOptions& options);

}  // namespace onellm::dialects::gemini
