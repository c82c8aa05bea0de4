// Encodes a request for Google's Gemini API: the body of generateContent and streamGenerateContent.
// https://ai.google.dev/api/generate-content#request-body
//
// Rule: Gemini answers a key that it does not know with an error, so only what
// is named here is written, and what is left out is named to the client.
#pragma once

#include "base/result.h"
#include "chat/request.h"
#include "dialects/dialect.h"

namespace onellm::dialects::gemini {

// Errors: kBadRequest or kUnsupportedParameter, with `param`. Large texts and images are views into the
// request. Of Gemini's own keys the client may send top_k, safety_settings (or safetySettings) and
// cached_content (or cachedContent); the gateway's own safety settings win over the client's.
[[nodiscard]] Result<EncodedRequest> encode_request(const chat::Request& request, const EncodeOptions& options);

}  // namespace onellm::dialects::gemini
