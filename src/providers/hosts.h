// The known hosts of OpenAI's format: the table of hosts.cpp.
//
// Rule: a row and an entry of ONELLM_PROVIDERS have the same members: base, key and quirks.
#pragma once

#include <string_view>
#include <vector>

#include "providers/quirks.h"

namespace onellm::providers {

struct Host {
  std::string_view host;  // A whole name; ".mistral.ai" means every name that ends with it.
  Quirks quirks = {};     // Also of an entry of ONELLM_PROVIDERS with this host in its base.
  // Only for a host that is built in: it needs no entry, only its key.
  std::string_view name = {};  // The name of the provider.
  std::string_view base = {};  // The base URL as the host documents it: only `/chat/completions` is added.
  std::string_view key = {};   // The secret with its key.
};

[[nodiscard]] const std::vector<Host>& hosts();

// The quirks of the host in the URL `base`; the defaults for an unknown host. The host's name may also be a segment of
// the path of a proxy: `https://proxy.example/api.mistral.ai/v1`.
[[nodiscard]] const Quirks& known_quirks(std::string_view base);

}  // namespace onellm::providers
