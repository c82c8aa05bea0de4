// Reads the credential of a request and knows the master key. Other keys: keys/authentication.
//
// Rule: Without a configured key every request that needs a key is refused.
#pragma once

#include <optional>
#include <string_view>

#include "base/error.h"
#include "gateway/http/head.h"

namespace onellm::gateway {

// The credential of the client: `Authorization: Bearer K`, else `x-api-key: K` (sent by the Anthropic SDK), else
// `api-key: K` (sent by the Azure SDK). Empty: none.
[[nodiscard]] std::string_view credential_of(const Head& head);

// Compares in a time that does not depend on how many bytes are equal.
[[nodiscard]] bool same_secret(std::string_view presented, std::string_view expected);

// Returns why no credential of the request can be right: kNotConfigured, or kUnauthorized if it has none.
[[nodiscard]] std::optional<Error> refuse(std::string_view credential, std::string_view api_key);

}  // namespace onellm::gateway
