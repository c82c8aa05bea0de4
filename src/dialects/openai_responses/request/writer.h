// Encodes a request for the Responses API: a body of its own, since little of it has the shape of a
// request for Chat Completions. Long texts, images and schemas are viewed where they stand.
// https://platform.openai.com/docs/api-reference/responses/create
#pragma once

#include "base/result.h"
#include "chat/request.h"
#include "dialects/dialect.h"

namespace onellm::dialects::openai_responses {

// Errors: kUnsupportedParameter naming in `param` what Responses cannot do and may not be dropped, or,
// where `options.strict`, whatever it cannot do.
[[nodiscard]] Result<EncodedRequest> encode_request(const chat::Request& request, const EncodeOptions& options);

}  // namespace onellm::dialects::openai_responses
