// Text of clients and models for the log, where it is wanted there, and the names that are noted in any case.
#pragma once

#include <string>
#include <string_view>

#include "gateway/session/context.h"

namespace onellm::gateway {

// The beginning of `text`, without the credentials of the gateway, of its providers and of this client, whole
// or in part, and without what looks like any other.
[[nodiscard]] std::string masked_text(const Context& context, std::string_view text);

// A name that a client wrote, cut to what may be noted of it, and without the key of the gateway: it is pasted into
// wrong fields at times.
[[nodiscard]] std::string noted_name(const Context& context, std::string_view name);

}  // namespace onellm::gateway
