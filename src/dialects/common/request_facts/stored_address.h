// Addresses, as a lenient reader takes them: what is stored in an account must not pass in another spelling.
#pragma once

#include <string>
#include <string_view>

namespace onellm::dialects {

// As parsers of addresses read it: in lower case, without tabs and line ends, and with a slash for each backslash.
// https://url.spec.whatwg.org/#concept-basic-url-parser
[[nodiscard]] std::string normalized_address(std::string_view text);

struct WebAddress {
  std::string_view host = {};  // Empty: it is no address of the web.
  std::string_view path = {};
  bool is_odd = false;  // The host is in other letters or has escapes: it may be any.
};

// `address` is normalized, and outlives the result.
[[nodiscard]] WebAddress read_web_address(std::string_view address);

}  // namespace onellm::dialects
