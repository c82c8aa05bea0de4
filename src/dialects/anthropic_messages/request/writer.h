// Encodes a chat request as Anthropic's Messages API takes it.
// https://docs.claude.com/en/api/messages
//
// Rule: What the API cannot honour is left out and named, or refused where the
// answer would mean something else. Large texts and media are viewed where they stand in the request.
#pragma once

#include "base/result.h"
#include "chat/request.h"
#include "dialects/dialect.h"

namespace onellm::dialects::anthropic_messages {

// Requires that `request` outlives what comes out. Errors name the field in `param`: kBadRequest where it
// cannot be sent, kUnsupportedParameter where no model of this API can honour it, or where the options are
// strict and something would be dropped.
[[nodiscard]] Result<EncodedRequest> encode_request(const chat::Request& request, const EncodeOptions& options);

}  // namespace onellm::dialects::anthropic_messages
