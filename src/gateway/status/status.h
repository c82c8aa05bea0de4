// GET /v1/status: what this deployment has, for whoever has a key: its version, the providers that are configured, and
// which of its stores are there. The master key also sees what is wrong in which setting.
//
// Rule: no upstream call, and no value of any setting.
#pragma once

#include "gateway/session/context.h"

namespace onellm::gateway {

void send_status(Context& context);

}  // namespace onellm::gateway
