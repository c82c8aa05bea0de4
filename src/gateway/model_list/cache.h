// Reads and writes lists of models in KV, so that a provider is asked for its list once an hour and not with every GET
// /v1/models.
//
// Rule: A list contains names and dates. Neither it nor its key contains a credential.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dialects/dialect.h"
#include "providers/provider.h"

namespace onellm::gateway {

// The KV key of a provider's list. It contains a hash of the base URL, because the same name with another base is
// another provider.
[[nodiscard]] std::string model_cache_key(const providers::Provider& provider);

// Writes a list: `[["id",created],…]`.
[[nodiscard]] std::string cached_text(const std::vector<dialects::ModelEntry>& models);

// Reads such a list. Nothing if it is malformed, empty or too long: other programs can write to KV too.
[[nodiscard]] std::optional<std::vector<dialects::ModelEntry>> read_cached(std::string_view text);

}  // namespace onellm::gateway
