// What an entry of ONELLM_PROVIDERS says of the parameters that its host takes: lists of names, and
// names of OpenAI's with the host's own.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "json/reader.h"

namespace onellm::routing {

// Both: false where the value has another shape, or names what is no parameter that may be left out
// (`model`, `messages` and the like).
[[nodiscard]] bool read_parameter_names(json::Value& value, std::vector<std::string>& out);
[[nodiscard]] bool read_parameter_renames(json::Value& value, std::vector<std::pair<std::string, std::string>>& out);

}  // namespace onellm::routing
