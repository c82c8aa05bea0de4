#include "providers/echo/words.h"

#include <algorithm>

namespace onellm::providers {

namespace {

bool is_high_surrogate(std::string_view escape) {
  static constexpr std::string_view kThirdDigit = "89abAB";
  return escape.size() >= 6 && (escape[2] == 'd' || escape[2] == 'D') &&
         kThirdDigit.find(escape[3]) != kThirdDigit.npos;
}

// The length of the first character or escape of a text, which must not be empty.
size_t unit_bytes(std::string_view text) {
  if (text[0] != '\\' && static_cast<unsigned char>(text[0]) < 0x80) return 1;  // The usual case.
  size_t bytes = 1;
  if (text[0] == '\\') {
    bytes = text.starts_with("\\u") ? 6 : 2;
    if (bytes == 6 && is_high_surrogate(text) && text.substr(6).starts_with("\\u")) bytes = 12;
  } else {
    const auto is_continuation = [](char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; };
    while (bytes < text.size() && is_continuation(text[bytes])) ++bytes;
  }
  return std::min(bytes, text.size());
}

bool is_white_space(std::string_view unit) {
  if (unit.size() == 1) return unit[0] == ' ';
  return unit.size() == 2 && unit[0] == '\\' && (unit[1] == 'n' || unit[1] == 'r' || unit[1] == 't');
}

}  // namespace

size_t first_word_bytes(std::string_view text, size_t bytes_max) {
  size_t bytes = 0;
  bool in_word = false;
  bool after_word = false;
  while (bytes < text.size()) {
    const std::string_view unit = text.substr(bytes, unit_bytes(text.substr(bytes)));
    const bool is_space = is_white_space(unit);
    if (after_word && !is_space) break;
    if (bytes > 0 && bytes + unit.size() > bytes_max) break;
    after_word = in_word && is_space;
    in_word = in_word || !is_space;
    bytes += unit.size();
  }
  return bytes;
}

int64_t count_words(json::RawString text) {
  int64_t words = 0;
  bool in_word = false;
  for (std::string_view rest = text.text; !rest.empty();) {
    const size_t bytes = unit_bytes(rest);
    const bool is_space = is_white_space(rest.substr(0, bytes));
    if (!is_space && !in_word) ++words;
    in_word = !is_space;
    rest.remove_prefix(bytes);
  }
  return words;
}

}  // namespace onellm::providers
