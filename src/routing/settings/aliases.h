// ONELLM_ALIASES: a deployment's own names. Each stands for one leg, with its fallbacks.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "providers/provider.h"
#include "routing/settings/values.h"

namespace onellm::routing {

// Maps each name to the text of a leg, `groq/llama-3.3-70b|gpt-4o-mini`. A malformed alias is reported and left out,
// and so is one with the name of a provider that is a model itself (echo).
//
// Rule: a target of an alias is never looked up as an alias, so that aliases cannot form a loop.
[[nodiscard]] std::map<std::string, std::string, std::less<>> read_aliases(
    SettingValues& values, const std::vector<providers::Provider>& providers);

}  // namespace onellm::routing
