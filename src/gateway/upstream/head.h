// Writes the head of a request to an upstream: its URL, the credential, the headers that its body needs, and the
// client's headers that this provider knows.
#pragma once

#include <string>
#include <vector>

#include "gateway/session/context.h"
#include "providers/provider.h"

namespace onellm::gateway {

// `of_body`: the headers that the body needs. The client's Idempotency-Key is valid for one body only: pass it on with
// the first one.
[[nodiscard]] std::string upstream_head(const providers::Provider& provider, const providers::Endpoint& endpoint,
                                        const std::vector<providers::Header>& of_body, bool with_idempotency_key,
                                        const Context& context);

}  // namespace onellm::gateway
