// Refuses requests that name things which are stored at a provider: files, caches, containers, earlier responses. All
// keys share the deployment's accounts there, so these belong to the master key alone.
#pragma once

#include <optional>

#include "base/error.h"
#include "gateway/keys/caller.h"
#include "json/buffer.h"

namespace onellm::gateway {

// The refusal of the first member of a request's body that names something stored, or that asks for it to be stored:
// kBadRequest with the name of the member. Nothing for the master key. `body` is valid JSON, of any dialect.
[[nodiscard]] std::optional<Error> refuse_account_state(const Caller& caller, const json::Buffer& body);
// The same for a body that the gateway has written.
[[nodiscard]] std::optional<Error> refuse_state_within(const Caller& caller, const json::Buffer& body);

}  // namespace onellm::gateway
