// The head of a request to an upstream: where it goes, its credential, what its body needs, and the
// headers of the client that this provider knows.
#pragma once

#include <string>

#include "gateway/session/context.h"
#include "gateway/upstream/attempts.h"

namespace onellm::gateway {

[[nodiscard]] std::string upstream_head(const Attempt& attempt, bool stream, const Context& context);

}  // namespace onellm::gateway
