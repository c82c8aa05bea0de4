// Words of a raw JSON string: what the echo streams one by one, and counts as tokens. White space is
// the space and the escapes \n, \r and \t; no escape, surrogate pair or UTF-8 character is ever cut.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "json/raw.h"

namespace onellm::providers {

// The bytes of the first word of `text` with the white space after it, and before it at the very
// beginning; at most `bytes_max`, unless its first character alone is longer. 0 of an empty text.
[[nodiscard]] size_t first_word_bytes(std::string_view text, size_t bytes_max);

[[nodiscard]] int64_t count_words(json::RawString text);

}  // namespace onellm::providers
