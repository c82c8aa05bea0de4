// Decodes of a client's request only what the gateway itself must know: the model, whether to stream, its own options,
// and the places of the top-level members. That is enough to pass the request on as it was written
// (request/splice/as_written.h).
//
// Rule: the provider validates the rest, and its own error reaches the client.
#pragma once

#include "base/result.h"
#include "chat/request.h"
#include "json/buffer.h"

namespace onellm::dialects::anthropic_messages {

// `body` must outlive the request, which has no messages. The error is a kBadRequest: the body is no JSON object, or
// has no model.
[[nodiscard]] Result<chat::Request> decode_outline(const json::Buffer& body);

}  // namespace onellm::dialects::anthropic_messages
