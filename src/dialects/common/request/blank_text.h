// Finds white space in JSON string contents, which still have their escapes.
#pragma once

#include "json/raw.h"

namespace onellm::dialects {

// True if the text has only spaces, tabs and line ends, or is empty.
[[nodiscard]] bool is_blank(json::RawString text);

[[nodiscard]] json::RawString without_trailing_space(json::RawString text);

}  // namespace onellm::dialects
