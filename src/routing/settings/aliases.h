// ONELLM_ALIASES: names of the deployment's own for one leg each, fallbacks included.
#pragma once

#include <map>
#include <string>

#include "routing/settings/values.h"

namespace onellm::routing {

// Name to the text of a leg, `groq/llama-3.3-70b|gpt-4o-mini`. A malformed alias is reported and left
// out. What an alias names is never looked up as an alias again, so that none can go in circles.
[[nodiscard]] std::map<std::string, std::string, std::less<>> read_aliases(SettingValues& values);

}  // namespace onellm::routing
