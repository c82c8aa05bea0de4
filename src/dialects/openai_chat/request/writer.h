// Encodes a request for a provider that speaks OpenAI's format: the client's own text with few changes. Changed are the
// model's name, the gateway's own key `onellm` (cut), the request for a stream's usage (added), and what this host or
// model family needs in another form (parameter_rules.h).
//
// Rule: All other bytes stay the same: digits of numbers, values of unknown keys, order and white space.
#pragma once

#include "base/result.h"
#include "chat/request.h"
#include "dialects/dialect.h"

namespace onellm::dialects::openai_chat {

// Requires a request from decode_request(). The result holds views into its source. Error kUnsupportedParameter, with
// the name: `n` is above the host's limit, or `options.strict` is set and a parameter would be dropped.
[[nodiscard]] Result<EncodedRequest> encode_request(const chat::Request& request, const EncodeOptions& options);

// True of `stream_options`, if it is sent or was in the client's text: it is no chat::Parameter.
[[nodiscard]] bool adds_unasked(std::string_view name, const chat::Request& request, const EncodeOptions& options);

}  // namespace onellm::dialects::openai_chat
