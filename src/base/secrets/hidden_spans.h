// Hides parts of a text, also where the text writes them in the escapes of JSON: `\u0073k-…`, `a\/b`.
//
// A text from an upstream may quote JSON, and that JSON may hold JSON in a string. So the text is searched unchanged,
// and again each time its escapes have been resolved.
//
// Rule: no escape is hidden in part. All other bytes of the text stay unchanged.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/function_ref.h"

namespace onellm {

// Replaces each hidden part.
inline constexpr std::string_view kHiddenMark = "***";

// The bytes [begin, end) of a text.
struct Span {
  size_t begin;
  size_t end;
  bool operator==(const Span&) const = default;
};

// Returns the spans of a text to hide: in order, without overlaps.
using FindSpans = FunctionRef<std::vector<Span>(std::string_view text)>;

// `text` with kHiddenMark for every span that `find` finds.
[[nodiscard]] std::string with_hidden_spans(std::string_view text, FindSpans find);

}  // namespace onellm
