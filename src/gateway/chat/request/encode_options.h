// How a request is encoded for a target: what its provider, its model, the settings and the client's headers say.
#pragma once

#include "dialects/dialect.h"
#include "gateway/session/context.h"
#include "models/contract.h"
#include "providers/provider.h"
#include "routing/model_spec.h"

namespace onellm::gateway {

// `api` is the one that is called. The result has views into the settings and into the head of the client's request.
[[nodiscard]] dialects::EncodeOptions options_for(const Context& context, const routing::Target& target,
                                                  const providers::Api& api, const models::Contract& contract,
                                                  bool strict);

}  // namespace onellm::gateway
