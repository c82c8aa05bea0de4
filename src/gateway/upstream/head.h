// Writes the head of a request to an upstream: its URL, the credential, the headers that its body needs, and the
// client's headers that this provider knows.
#pragma once

#include <string>
#include <vector>

#include "gateway/session/context.h"
#include "providers/provider.h"

namespace onellm::gateway {

// How a request came about.
struct RequestOrigin {
  bool has_idempotency_key = false;  // The client's Idempotency-Key is valid for one body only: for the first one.
  bool is_own_dialect = false;       // The client's dialect is that of the API.
};

// `of_body`: the headers that the body needs.
[[nodiscard]] std::string upstream_head(const providers::Provider& provider, const providers::Endpoint& endpoint,
                                        const std::vector<providers::Header>& of_body, RequestOrigin origin,
                                        const Context& context);

}  // namespace onellm::gateway
