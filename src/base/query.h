// Reads percent-encoded text in the target of a request.
// https://www.rfc-editor.org/rfc/rfc3986#section-2.1
#pragma once

#include <string>
#include <string_view>

namespace onellm {

// `%41` becomes `A`; a '%' without two hex digits stays as it is.
[[nodiscard]] std::string percent_decode(std::string_view text);

// The same of a form's text, where a '+' stands for a space.
// https://url.spec.whatwg.org/#urlencoded-parsing
[[nodiscard]] std::string form_decode(std::string_view text);

// True if there is a parameter with this name, also without a value.
[[nodiscard]] bool has_query_parameter(std::string_view query, std::string_view name);

// The decoded value of the first parameter with this name; empty if it is absent or has none.
[[nodiscard]] std::string query_value(std::string_view query, std::string_view name);

}  // namespace onellm
