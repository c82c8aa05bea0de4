// Encodes a chat request for Anthropic's Messages API.
// https://docs.claude.com/en/api/messages
//
// Rule: What the API does not support is left out and reported as dropped. It is refused if the answer would change its
// meaning. Large texts and media are not copied: the result views the request.
#pragma once

#include "base/result.h"
#include "chat/request.h"
#include "dialects/dialect.h"

namespace onellm::dialects::anthropic_messages {

// `request` must outlive the result. Errors name the field in `param`. kBadRequest: the request cannot be sent.
// kUnsupportedParameter: no model of this API supports it, or the options are strict and something would be dropped.
[[nodiscard]] Result<EncodedRequest> encode_request(const chat::Request& request, const EncodeOptions& options);

}  // namespace onellm::dialects::anthropic_messages
