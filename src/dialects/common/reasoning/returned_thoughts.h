// Gives a provider its own reasoning of earlier turns back, and nobody else's. Clients of other dialects send it back
// wrapped (envelope.h), or in the form of one provider.
//
// Rule: signatures are bound to the model that made them; a foreign one is refused. So what is not the target's is left
// out and reported as dropped, and never becomes text.
#pragma once

#include <string>

#include "base/function_ref.h"
#include "base/result.h"
#include "chat/request.h"
#include "dialects/dialect.h"

namespace onellm::dialects {

// Which reasoning the target's API takes back, if it is the target's own.
struct ThoughtsTaken {
  bool of_claude = false;     // Claude's blocks: thinking_blocks.
  bool signatures = false;    // Google's: of calls and of texts.
  bool of_messages = false;   // Google's of a message that has no text.
  bool plain = false;         // Text without a signature: Message::reasoning.
  std::string items_of = {};  // OpenAI's items, as thinking_blocks of this model; empty: not taken.
};

// Calls `encode` with the request in which only the target's own reasoning is left, in the fields that encoders read.
// With strict options a request that loses some is refused.
[[nodiscard]] Result<EncodedRequest> encode_with_own_thoughts(
    const chat::Request& request, const EncodeOptions& options, const ThoughtsTaken& taken,
    FunctionRef<Result<EncodedRequest>(const chat::Request& request)> encode);

}  // namespace onellm::dialects
