// Writes the head of a request to an upstream: its URL, the credential, the headers that its body needs, and the
// client's headers that this provider knows.
#pragma once

#include <string>

#include "gateway/session/context.h"
#include "gateway/upstream/attempts.h"

namespace onellm::gateway {

[[nodiscard]] std::string upstream_head(const Attempt& attempt, bool stream, const Context& context);

}  // namespace onellm::gateway
