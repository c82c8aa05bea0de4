// A request that counts the tokens of a prompt.
// https://docs.claude.com/en/api/messages-count-tokens
#pragma once

#include "base/result.h"
#include "chat/request.h"
#include "dialects/dialect.h"

namespace onellm::dialects::anthropic_messages {

[[nodiscard]] Result<EncodedRequest> encode_count(const chat::Request& request, const EncodeOptions& options);

}  // namespace onellm::dialects::anthropic_messages
