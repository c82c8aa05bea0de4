// A request that counts the tokens of a prompt.
// https://platform.openai.com/docs/api-reference/responses/input-tokens
#pragma once

#include "base/result.h"
#include "chat/request.h"
#include "dialects/dialect.h"

namespace onellm::dialects::openai_responses {

[[nodiscard]] Result<EncodedRequest> encode_count(const chat::Request& request, const EncodeOptions& options);

}  // namespace onellm::dialects::openai_responses
