// Leaves out of a request the parameters that the setting ONELLM_MODEL_RULES lists for the model (`drop`). For dialects
// that write their own body; openai_chat instead cuts parameters out of the client's text.
#pragma once

#include <string_view>

#include "base/function_ref.h"
#include "base/result.h"
#include "chat/request.h"
#include "dialects/dialect.h"

namespace onellm::dialects {

// True if the settings drop that parameter. The gateway must then not add it either.
[[nodiscard]] bool is_left_out(const EncodeOptions& options, std::string_view parameter);

// Calls `encode` with the request without those parameters. They are reported as dropped, together with those that
// `encode` drops. With strict options the request is refused instead.
[[nodiscard]] Result<EncodedRequest> encode_what_is_taken(
    const chat::Request& request, const EncodeOptions& options,
    FunctionRef<Result<EncodedRequest>(const chat::Request& request)> encode);

}  // namespace onellm::dialects
