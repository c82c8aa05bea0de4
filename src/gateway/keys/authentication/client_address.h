// The network address of the client, which limits how often it may try wrong keys.
//
// Rule: what a client can send counts only where a proxy in front of the gateway overwrites it.
#pragma once

#include <string>
#include <string_view>

#include "gateway/http/head.h"
#include "routing/settings/settings.h"

namespace onellm::gateway {

// The names of what client_address() needs, separated by LF (kReadHeaders).
[[nodiscard]] std::string_view address_headers(const routing::Settings& settings);

// The address without its port; empty: unknown. `headers`: those that address_headers() names.
[[nodiscard]] std::string client_address(const routing::Settings& settings, const Head& headers);

}  // namespace onellm::gateway
