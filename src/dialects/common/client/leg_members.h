// Writes the report of several legs as JSON. All dialects have the same form of it; only the words for errors differ.
#pragma once

#include <span>
#include <string>

#include "dialects/client_dialect.h"

namespace onellm::dialects {

// The raw member `"onellm":{"legs":[…]}`.
[[nodiscard]] std::string onellm_legs_member(std::span<const LegSummary> legs, const ClientDialect& dialect);

// The raw member `"legs":[…]`.
[[nodiscard]] std::string bare_legs_member(std::span<const LegSummary> legs, const ClientDialect& dialect);

}  // namespace onellm::dialects
