// Who may use the gateway. Fails closed: without a configured key nobody may.
#pragma once

#include <optional>
#include <string_view>

#include "base/error.h"
#include "gateway/http/head.h"

namespace onellm::gateway {

// The credential that the client sent: `Authorization: Bearer K`, else `x-api-key: K`, else
// `api-key: K`, since the Anthropic and Azure SDKs send those. Empty: none.
[[nodiscard]] std::string_view credential_of(const Head& head);

// Compares without letting the time tell how much of it was right.
[[nodiscard]] bool same_secret(std::string_view presented, std::string_view expected);

// What stands against this request, or nothing: kNotConfigured, kUnauthorized.
[[nodiscard]] std::optional<Error> refuse(const Head& head, std::string_view api_key);

}  // namespace onellm::gateway
