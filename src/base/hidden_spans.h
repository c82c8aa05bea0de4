// Hides parts of a text, also where the text writes them in the escapes of JSON: `\u0073k-…`, `a\/b`.
//
// A text that an upstream wrote may quote JSON, and that JSON may hold JSON in a string. So the text is searched as it
// stands and as it reads after its escapes were resolved once, twice and so on. What is hidden is always a whole
// number of escapes: the rest of the text stays as it is, byte for byte.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/function_ref.h"

namespace onellm {

// What stands in place of a hidden part.
inline constexpr std::string_view kHiddenMark = "***";

// The bytes [begin, end) of a text.
struct Span {
  size_t begin;
  size_t end;
  bool operator==(const Span&) const = default;
};

// Returns what is to be hidden of a text: in order, without overlaps.
using FindSpans = FunctionRef<std::vector<Span>(std::string_view text)>;

// `text` with kHiddenMark for every span that `find` finds.
[[nodiscard]] std::string with_hidden_spans(std::string_view text, FindSpans find);

}  // namespace onellm
