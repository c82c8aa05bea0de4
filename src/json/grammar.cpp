#include "json/grammar.h"

#include <cstdint>

namespace onellm::json {

namespace {

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }

constexpr bool is_hex_digit(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

// Takes digits off the front. False if there is none.
bool skip_digits(std::string_view& text) {
  size_t count = 0;
  while (count < text.size() && is_digit(text[count])) ++count;
  text.remove_prefix(count);
  return count > 0;
}

bool skip_one_of(std::string_view& text, char a, char b) {
  if (text.empty() || (text[0] != a && text[0] != b)) return false;
  text.remove_prefix(1);
  return true;
}

}  // namespace

bool is_number(std::string_view text) {
  skip_one_of(text, '-', '-');
  // A leading zero stands alone.
  if (!skip_one_of(text, '0', '0') && !skip_digits(text)) return false;
  if (skip_one_of(text, '.', '.') && !skip_digits(text)) return false;
  if (skip_one_of(text, 'e', 'E')) {
    skip_one_of(text, '+', '-');
    if (!skip_digits(text)) return false;
  }
  return text.empty();
}

// Most strings are long and hold no backslash, so whole blocks are ruled out first. That loop has a
// fixed length and no branch: the compiler turns it into vector instructions.
size_t find_backslash(std::string_view text, size_t from) {
  constexpr size_t kBlockBytes = 64;
  while (text.size() - from >= kBlockBytes) {
    const char* block = text.data() + from;
    uint8_t found = 0;
    for (size_t i = 0; i < kBlockBytes; ++i) found |= static_cast<uint8_t>(block[i] == '\\');
    if (found != 0) break;
    from += kBlockBytes;
  }
  return text.find('\\', from);
}

size_t escape_bytes(std::string_view text, size_t at) {
  const std::string_view rest = text.substr(at + 1);
  if (rest.empty()) return 0;
  switch (rest[0]) {
    case '"':
    case '\\':
    case '/':
    case 'b':
    case 'f':
    case 'n':
    case 'r':
    case 't': return 2;
    case 'u':
      if (rest.size() < 5) return 0;
      for (size_t i = 1; i < 5; ++i) {
        if (!is_hex_digit(rest[i])) return 0;
      }
      return 6;
    default: return 0;
  }
}

bool has_legal_escapes(std::string_view inside) {
  size_t at = find_backslash(inside, 0);
  while (at != std::string_view::npos) {
    const size_t bytes = escape_bytes(inside, at);
    if (bytes == 0) return false;
    at = find_backslash(inside, at + bytes);
  }
  return true;
}

}  // namespace onellm::json
