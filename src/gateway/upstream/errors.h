// Helpers for errors of upstream calls.
//
// Rule: A provider's error reaches the client only without its credentials.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "providers/provider.h"

namespace onellm::gateway {

// The credentials of a provider, as views into it.
[[nodiscard]] std::vector<std::string_view> secrets_of(const providers::Provider& provider);

// Removes the provider's credentials from its error message, because providers sometimes quote them.
[[nodiscard]] Error redacted(Error error, const providers::Provider& provider);

// The error when `what` did not come within `timeout_ms`. Its message names `setting`, which changes the timeout.
[[nodiscard]] Error timed_out(const std::string& leg, const char* what, uint32_t timeout_ms, const char* setting);

}  // namespace onellm::gateway
