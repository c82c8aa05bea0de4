// White space in strings that are kept as they stand in JSON, escapes and all.
#pragma once

#include "json/raw.h"

namespace onellm::dialects {

// True if nothing but spaces, tabs and line ends is in it.
[[nodiscard]] bool is_blank(json::RawString text);

[[nodiscard]] json::RawString without_trailing_space(json::RawString text);

}  // namespace onellm::dialects
