// The rule for the alias of a key, a name for people that also stands in lists, tables and logs.
#pragma once

#include "json/raw.h"

namespace onellm::keys {

// Returns what is wrong with an alias, as text for people; null: nothing.
[[nodiscard]] const char* alias_problem(json::RawString alias);

}  // namespace onellm::keys
