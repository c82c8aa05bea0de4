// GET /healthz: is this deployment alive, which build is it, and which settings are wrong. No
// authentication, no upstream call, no value of any setting.
#pragma once

#include "gateway/session/context.h"

namespace onellm::gateway {

void send_health(Context& context);

}  // namespace onellm::gateway
