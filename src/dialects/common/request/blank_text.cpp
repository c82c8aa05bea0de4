#include "dialects/common/request/blank_text.h"

#include <cstddef>
#include <string_view>

#include "json/grammar.h"

namespace onellm::dialects {

namespace {

// Length in bytes of the white space character at `at`; 0 if it is another character.
size_t space_bytes(std::string_view text, size_t at) {
  if (text[at] == ' ') return 1;
  if (text[at] != '\\') return 0;
  const char escaped = text[at + 1];
  if (escaped == 'n' || escaped == 'r' || escaped == 't') return 2;
  if (escaped != 'u') return 0;
  const std::string plain = json::unescape({text.substr(at, json::escape_bytes(text, at))});
  return plain.size() == 1 && json::is_space(plain[0]) ? 6 : 0;
}

}  // namespace

bool is_blank(json::RawString text) {
  size_t at = 0;
  while (at < text.text.size()) {
    const size_t bytes = space_bytes(text.text, at);
    if (bytes == 0) return false;
    at += bytes;
  }
  return true;
}

json::RawString without_trailing_space(json::RawString text) {
  size_t end = 0;
  size_t at = 0;
  while (at < text.text.size()) {
    const size_t bytes = space_bytes(text.text, at);
    if (bytes != 0) {
      at += bytes;
    } else {
      at += text.text[at] == '\\' ? json::escape_bytes(text.text, at) : 1;
      end = at;
    }
  }
  return {text.text.substr(0, end)};
}

}  // namespace onellm::dialects
