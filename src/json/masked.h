// Hides parts of the texts in JSON, so that it stays JSON.
//
// The strings are decoded, masked and written again; a string that holds JSON itself is masked as JSON. Member names
// are texts too. A number that would be masked becomes a string. All else stays as it is, byte for byte.
#pragma once

#include <string>
#include <string_view>

#include "base/function_ref.h"
#include "json/raw.h"

namespace onellm::json {

// Returns `text` as it may be shown. `before` is what a reader has read before it, names and values in order:
// `{user:me,password:`. It has at least the last kMaskContextBytes of that.
using MaskText = FunctionRef<std::string(std::string_view text, std::string_view before)>;

inline constexpr size_t kMaskContextBytes = 128;

// Masks a plain text. If it is a JSON object or array, it is still one afterwards.
[[nodiscard]] std::string masked_text(std::string_view text, MaskText mask);

// Masks raw members. Returns none if they nest too deeply to be read.
[[nodiscard]] std::string masked_members(RawMembers members, MaskText mask);

}  // namespace onellm::json
