// What a request says about things that are stored at a provider: files, caches, containers, earlier responses. All
// keys share the deployment's accounts there, so these belong to the master key alone.
//
// Rule: data of the client's own tools (their schemas, inputs and results) is not searched.
#pragma once

#include <optional>
#include <string_view>

#include "base/error.h"
#include "gateway/keys/caller.h"
#include "json/buffer.h"

namespace onellm::gateway {

// The refusal of the first member of a request's body that names something stored, or that asks for it to be stored:
// kBadRequest with the name of the member. Nothing for the master key. `body` is valid JSON, of any dialect.
[[nodiscard]] std::optional<Error> refuse_account_state(const Caller& caller, const json::Buffer& body);

// True if a header of this name chooses an account at a provider.
[[nodiscard]] bool is_account_header(std::string_view name);

}  // namespace onellm::gateway
