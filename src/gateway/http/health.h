// GET /healthz: reports whether this deployment is alive, which build it is, and which settings are wrong. GET /: says
// what this is; clients probe it to learn whether the gateway can be reached.
//
// Rule: No authentication, no upstream call, and no value of any setting.
#pragma once

#include "gateway/session/context.h"

namespace onellm::gateway {

void send_health(Context& context);
void send_root(Context& context);

}  // namespace onellm::gateway
