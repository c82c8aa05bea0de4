// A request that counts the tokens of a prompt.
// https://ai.google.dev/api/tokens#method:-models.counttokens
#pragma once

#include "base/result.h"
#include "chat/request.h"
#include "dialects/dialect.h"

namespace onellm::dialects::gemini {

[[nodiscard]] Result<EncodedRequest> encode_count(const chat::Request& request, const EncodeOptions& options);

}  // namespace onellm::dialects::gemini
