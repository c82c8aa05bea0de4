// GET /v1/models and /v1/models/{id}: what this deployment can reach, in OpenAI's shape.
#pragma once

#include <string>
#include <string_view>

#include "gateway/context.h"

namespace onellm::gateway {

// Sends the list, of those providers that `?providers=a,b` names, or of all.
void send_models(Context& context);

// Sends one model. `id` is percent-encoded, and may contain '/'.
void send_model(Context& context, std::string_view id);

}  // namespace onellm::gateway
