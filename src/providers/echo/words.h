// Words of a raw JSON string. The echo streams them one by one and counts them as tokens. White space is the space and
// the escapes \n, \r and \t.
//
// Rule: no escape, surrogate pair or UTF-8 character is cut.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "json/raw.h"

namespace onellm::providers {

// The length of the first word of `text` with the white space around it. At most `bytes_max`, unless the first
// character alone is longer. 0 for an empty text.
[[nodiscard]] size_t first_word_bytes(std::string_view text, size_t bytes_max);

[[nodiscard]] int64_t count_words(json::RawString text);

}  // namespace onellm::providers
