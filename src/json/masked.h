// Masks (hides) parts of the strings in a JSON text. The result is valid JSON.
//
// Strings and member names are decoded, masked and encoded again. A string that contains JSON is masked as JSON. A
// number, true, false or null that has to be masked becomes a string.
//
// Rule: all other bytes stay unchanged.
#pragma once

#include <string>
#include <string_view>

#include "base/function_ref.h"
#include "json/raw.h"

namespace onellm::json {

// Returns `text` without its secrets. `before` is the context of the text: the names and values before it, in order,
// like `{user:me,password:`. It is cut to no less than its last kMaskContextBytes.
using MaskText = FunctionRef<std::string(std::string_view text, std::string_view before)>;

inline constexpr size_t kMaskContextBytes = 128;

// Masks a plain text. A JSON object or array is masked as JSON.
[[nodiscard]] std::string masked_text(std::string_view text, MaskText mask);

// Masks raw members. Returns an empty text if they nest too deeply.
[[nodiscard]] std::string masked_members(RawMembers members, MaskText mask);

}  // namespace onellm::json
