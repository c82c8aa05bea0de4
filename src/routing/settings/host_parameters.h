// Reads the parameter lists of an entry of ONELLM_PROVIDERS: names of parameters, and pairs of OpenAI's name and the
// host's name.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "json/reader.h"

namespace onellm::routing {

// Both return false if the value has the wrong format, or if it names a parameter that every request needs (`model`,
// `messages` and the like).
[[nodiscard]] bool read_parameter_names(json::Value& value, std::vector<std::string>& out);
[[nodiscard]] bool read_parameter_renames(json::Value& value, std::vector<std::pair<std::string, std::string>>& out);

}  // namespace onellm::routing
