// The grammar of JSON's scalars, https://www.rfc-editor.org/rfc/rfc8259#section-6 and #section-7.
//
// Depends on base/ alone. Nothing here reads past the text that it is given.
#pragma once

#include <cstddef>
#include <string_view>

namespace onellm::json {

[[nodiscard]] constexpr bool is_space(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }

// True if the whole text is one number, of any size.
[[nodiscard]] bool is_number(std::string_view text);

// Where the first backslash at or after `from` stands; npos if there is none.
[[nodiscard]] size_t find_backslash(std::string_view text, size_t from);

// How many bytes the escape takes that begins with the backslash at `at`; 0 if it is none.
[[nodiscard]] size_t escape_bytes(std::string_view text, size_t at);

// True if every backslash of a string's inside begins an escape. Surrogates need no partner.
[[nodiscard]] bool has_legal_escapes(std::string_view inside);

}  // namespace onellm::json
