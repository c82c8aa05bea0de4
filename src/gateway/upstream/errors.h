// Errors that come of calling an upstream.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "providers/provider.h"

namespace onellm::gateway {

// The credentials of a provider: views into it.
[[nodiscard]] std::vector<std::string_view> secrets_of(const providers::Provider& provider);

// A provider's words without its credentials: they quote them at times.
[[nodiscard]] Error redacted(Error error, const providers::Provider& provider);

// `what` did not come within `timeout_ms`, which `setting` can change.
[[nodiscard]] Error timed_out(const std::string& leg, const char* what, uint32_t timeout_ms, const char* setting);

}  // namespace onellm::gateway
