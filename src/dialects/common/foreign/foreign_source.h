// Prepares a request whose source is in another dialect than the target's: data that only the source's dialect has is
// left out, and reported. What all dialects have is in the fields of chat::Request, and stays.
#pragma once

#include "base/function_ref.h"
#include "base/result.h"
#include "chat/request.h"
#include "dialects/common/reasoning/returned_thoughts.h"
#include "dialects/dialect.h"

namespace onellm::dialects {

// Calls `encode` with the request without foreign parts. Their names and those of chat::Source::left_out are reported
// as dropped, together with what `encode` drops; with strict options the request is refused instead. Also refused: a
// type that the source's dialect does not document, and a parameter that must hold.
// Reasoning of earlier turns is given back as encode_with_own_thoughts() does.
// Do not call it for a request in the target's own dialect.
[[nodiscard]] Result<EncodedRequest> encode_foreign(
    const chat::Request& request, const EncodeOptions& options, const ThoughtsTaken& taken,
    FunctionRef<Result<EncodedRequest>(const chat::Request& request)> encode);

}  // namespace onellm::dialects
