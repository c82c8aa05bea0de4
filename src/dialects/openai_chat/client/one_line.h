// Raw JSON for the data line of an event. JSON allows line ends between its tokens (and never inside
// strings); in an event stream they would end the line.
#pragma once

#include <string>
#include <string_view>

namespace onellm::dialects::openai_chat {

// Appends `json` with spaces for its line ends. Nearly always it has none.
inline void append_on_one_line(std::string& out, std::string_view json) {
  const size_t begin = out.size();
  out += json;
  for (size_t at = out.find_first_of("\r\n", begin); at != out.npos; at = out.find_first_of("\r\n", at)) out[at] = ' ';
}

}  // namespace onellm::dialects::openai_chat
