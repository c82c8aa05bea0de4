// Decodes a client's request to the Messages API.
// https://docs.claude.com/en/api/messages
#pragma once

#include "base/result.h"
#include "chat/request.h"
#include "json/buffer.h"

namespace onellm::dialects::anthropic_messages {

// The request keeps views into `body`. Errors: kBadRequest, with the field's name in `param`.
[[nodiscard]] Result<chat::Request> decode_request(const json::Buffer& body);

}  // namespace onellm::dialects::anthropic_messages
