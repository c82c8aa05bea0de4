// Matches a text with a pattern: `*` stands for any text, `?` for one byte, `#` for one digit. Every other byte stands
// for itself.
#pragma once

#include <string_view>

namespace onellm {

// True if the pattern fits the whole text.
[[nodiscard]] bool fits_pattern(std::string_view text, std::string_view pattern);

}  // namespace onellm
