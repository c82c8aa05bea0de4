// Lists of models as they are kept in KV, so that a provider is asked for its own once an hour and not
// with every GET /v1/models. A list holds names and dates; no credential is ever a part of it or its key.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dialects/dialect.h"
#include "providers/provider.h"

namespace onellm::gateway {

// Another base is another provider, even under the same name.
[[nodiscard]] std::string model_cache_key(const providers::Provider& provider);

// `[["id",created],…]`.
[[nodiscard]] std::string cached_text(const std::vector<dialects::ModelEntry>& models);

// The list that such a text holds. Nothing where it is malformed, holds none or is too long: KV is
// written by others too.
[[nodiscard]] std::optional<std::vector<dialects::ModelEntry>> read_cached(std::string_view text);

}  // namespace onellm::gateway
