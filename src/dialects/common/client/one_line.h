// Writes raw JSON on the data line of an event. JSON may have line ends between its tokens (never inside strings); in
// an event stream they would end the line.
#pragma once

#include <string>
#include <string_view>

namespace onellm::dialects {

// Appends `json` with its line ends replaced by spaces. Nearly always it has none.
inline void append_on_one_line(std::string& out, std::string_view json) {
  const size_t begin = out.size();
  out += json;
  for (size_t at = out.find_first_of("\r\n", begin); at != out.npos; at = out.find_first_of("\r\n", at)) out[at] = ' ';
}

}  // namespace onellm::dialects
