// Encodes a request for a provider that speaks OpenAI's format. A request in this format is sent as the client wrote
// it, with few changes: the model's name, the gateway's own key `onellm` (cut), the request for a stream's usage
// (added), and what this host or model family needs in another form (parameter_rules.h). For a request in another
// dialect the same text is written first (compose/), and changed in the same way.
//
// Rule: All other bytes stay the same: digits of numbers, values of unknown keys, order and white space.
#pragma once

#include "base/result.h"
#include "chat/request.h"
#include "dialects/dialect.h"

namespace onellm::dialects::openai_chat {

// The result holds views into the source of the request. Error kUnsupportedParameter, with
// the name: `n` is above the host's limit, or `options.strict` is set and a parameter would be dropped.
[[nodiscard]] Result<EncodedRequest> encode_request(const chat::Request& request, const EncodeOptions& options);

// True of `stream_options`, if it is sent or was in the client's text: it is no chat::Parameter.
[[nodiscard]] bool adds_unasked(std::string_view name, const chat::Request& request, const EncodeOptions& options);

}  // namespace onellm::dialects::openai_chat
