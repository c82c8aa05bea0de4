// Headers of replies to a key with limits: how much of them is left.
#pragma once

#include "gateway/session/context.h"
#include "keys/limiter/limiter.h"

namespace onellm::gateway {

// Sets the headers of all replies from now on (Context::key_use), by the standing after an admission or a refusal.
void set_key_headers(Context& context, const keys::Admission& admission);

// The headers of a refusal about trying again.
[[nodiscard]] dialects::HeaderList retry_headers_of(const keys::Refusal& refusal);

// Gives a provider's headers about rates other names, where the key has such headers of its own; else adds the
// dialect's own form of them.
void pass_rate_headers(const Context& context, dialects::HeaderList& headers);

}  // namespace onellm::gateway
