// Encodes a request for a provider that speaks OpenAI's format, as the client's own text with few bytes
// changed: the model's name, the gateway's own key `onellm` cut out, the usage of a stream asked for, and
// what this host or this family of models takes otherwise (parameter_rules.h).
//
// Rule: Every byte outside those places stays as it was. Numbers keep their
// digits, unknown keys their values, and the order and white space are the client's.
#pragma once

#include "base/result.h"
#include "chat/request.h"
#include "dialects/dialect.h"

namespace onellm::dialects::openai_chat {

// Requires a request of decode_request; the result is views into its source. Fails only where
// `options.strict` and the client asked for what the host refuses: kUnsupportedParameter, by name.
[[nodiscard]] Result<EncodedRequest> encode_request(const chat::Request& request, const EncodeOptions& options);

}  // namespace onellm::dialects::openai_chat
