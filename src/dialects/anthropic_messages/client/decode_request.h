// Decodes a request of Anthropic's Messages into canonical form. What other dialects have goes into the fields of
// chat::Request; what only this dialect has is kept beside them as the client wrote it (`raw`, `extra`, `unknown`).
// https://docs.claude.com/en/api/messages
//
// Rule: translation is a pure function of each block. So the request of the next turn begins like the one of this turn,
// and the prompt caches of all providers stay valid.
#pragma once

#include "base/result.h"
#include "chat/request.h"
#include "json/buffer.h"

namespace onellm::dialects::anthropic_messages {

enum class Purpose : uint8_t {
  kAnswer,
  kCount,  // Only its tokens are counted: it needs no max_tokens.
};

// The request keeps views into `body`. Errors: kBadRequest, with the path of the field in `param` and at the beginning
// of the message, as this API writes it: `messages.0.content.1.text: Field required`.
[[nodiscard]] Result<chat::Request> decode_request(const json::Buffer& body, Purpose purpose = Purpose::kAnswer);

}  // namespace onellm::dialects::anthropic_messages
