// Tells the limiter what a request used when it is over.
#pragma once

#include "gateway/session/context.h"

namespace onellm::gateway {

// Call when the calls of the request are recorded. Does nothing for a key without limits.
void settle_key(Context& context);

}  // namespace onellm::gateway
