// Leaves out of a request what a deployment says that the model does not take (ONELLM_MODEL_RULES, `drop`), for
// dialects that write a body of their own. That of OpenAI cuts it out of the client's text.
#pragma once

#include <string_view>

#include "base/function_ref.h"
#include "base/result.h"
#include "chat/request.h"
#include "dialects/dialect.h"

namespace onellm::dialects {

// True where the target does not get that parameter, though the gateway itself may want to send it.
[[nodiscard]] bool is_left_out(const EncodeOptions& options, std::string_view parameter);

// What `encode` makes of the request without those parameters; they are named beside what it drops itself, or
// refused where the options are strict.
[[nodiscard]] Result<EncodedRequest> encode_what_is_taken(
    const chat::Request& request, const EncodeOptions& options,
    FunctionRef<Result<EncodedRequest>(const chat::Request& request)> encode);

}  // namespace onellm::dialects
