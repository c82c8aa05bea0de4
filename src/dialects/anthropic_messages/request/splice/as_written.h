// Encodes a request as its client wrote it: prompt caches and the signatures of thoughts depend on every byte.
//
// Rule: only the value of `model` and the key `onellm` change, and no key is added. Thoughts that the provider cannot
// read, because they are another provider's, are cut out (thought_cuts.h).
#pragma once

#include "base/result.h"
#include "chat/request.h"
#include "dialects/dialect.h"

namespace onellm::dialects::anthropic_messages {

// The result views the source of the request. Requires EncodeOptions::as_written, and a source in this dialect.
[[nodiscard]] Result<EncodedRequest> encode_as_written(const chat::Request& request, const EncodeOptions& options);

}  // namespace onellm::dialects::anthropic_messages
