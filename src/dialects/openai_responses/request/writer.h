// Encodes a request for the Responses API. The body is written anew, since its form differs much from Chat Completions.
// Rule: Long texts, images and schemas are views into the request, not copies.
// https://platform.openai.com/docs/api-reference/responses/create
#pragma once

#include "base/result.h"
#include "chat/request.h"
#include "dialects/dialect.h"

namespace onellm::dialects::openai_responses {

// Errors: kUnsupportedParameter, with the name in `param`, for a parameter that Responses does not support and that
// must not be dropped; with `options.strict` for every parameter that would be dropped.
[[nodiscard]] Result<EncodedRequest> encode_request(const chat::Request& request, const EncodeOptions& options);

}  // namespace onellm::dialects::openai_responses
