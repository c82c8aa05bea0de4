// The error of a provider whose dialect the client speaks: it reaches the client with its status and its bytes.
#pragma once

#include <string>
#include <string_view>

#include "providers/provider.h"

namespace onellm::gateway {

// The body of the error with its credentials masked and all other bytes unchanged. Empty if the body is no JSON object:
// then the error has to be written in the client's dialect.
[[nodiscard]] std::string native_error_body(std::string_view body, const providers::Provider& provider);

}  // namespace onellm::gateway
