// The grammar of JSON's scalars, https://www.rfc-editor.org/rfc/rfc8259#section-6 and #section-7.
//
// Depends on base/ alone. Rule: nothing here reads past the end of its text.
#pragma once

#include <cstddef>
#include <string_view>

namespace onellm::json {

[[nodiscard]] constexpr bool is_space(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }

// True if the whole text is one number, of any size.
[[nodiscard]] bool is_number(std::string_view text);

// The offset of the first backslash at or after `from`; npos if there is none.
[[nodiscard]] size_t find_backslash(std::string_view text, size_t from);

// The length in bytes of the escape that begins with the backslash at `at`; 0 if it is no valid escape.
[[nodiscard]] size_t escape_bytes(std::string_view text, size_t at);

// True if every backslash inside a string begins a valid escape. A surrogate may be alone.
[[nodiscard]] bool has_legal_escapes(std::string_view inside);

}  // namespace onellm::json
