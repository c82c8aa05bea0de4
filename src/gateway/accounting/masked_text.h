// Text of clients and models for the log, where it is wanted there.
#pragma once

#include <string>
#include <string_view>

#include "gateway/context.h"

namespace onellm::gateway {

// The beginning of `text`, without the credentials of the gateway, of its providers and of this client, whole
// or in part, and without what looks like any other.
[[nodiscard]] std::string masked_text(const Context& context, std::string_view text);

}  // namespace onellm::gateway
