#include "json/grammar.h"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>

#include "base/scan.h"
#include "base/text.h"

namespace onellm::json {

namespace {

constexpr auto is_backslash = [](auto c) { return c == '\\'; };

constexpr bool is_hex_digit(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

// Takes all digits off the front. False if there are none.
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

// Searches [from, end), eight bytes at a time.
size_t find_backslash_by_words(std::string_view text, size_t from, size_t end) {
  static_assert(std::endian::native == std::endian::little, "the lowest byte of a word must be its first");
  constexpr uint64_t kOnes = 0x0101010101010101;
  constexpr uint64_t kBackslashes = kOnes * '\\';
  for (; end - from >= sizeof(uint64_t); from += sizeof(uint64_t)) {
    uint64_t word = 0;
    std::memcpy(&word, text.data() + from, sizeof word);
    word ^= kBackslashes;
    // Sets the top bit of the lowest byte that is zero. Higher bits may be set by mistake.
    const uint64_t zeros = (word - kOnes) & ~word & (kOnes << 7);
    if (zeros != 0) return from + static_cast<size_t>(std::countr_zero(zeros)) / 8;
  }
  for (; from < end; ++from) {
    if (is_backslash(text[from])) return from;
  }
  return text.npos;
}

}  // namespace

bool is_number(std::string_view text) {
  skip_one_of(text, '-', '-');
  // No digit may follow a leading zero.
  if (!skip_one_of(text, '0', '0') && !skip_digits(text)) return false;
  if (skip_one_of(text, '.', '.') && !skip_digits(text)) return false;
  if (skip_one_of(text, 'e', 'E')) {
    skip_one_of(text, '+', '-');
    if (!skip_digits(text)) return false;
  }
  return text.empty();
}

// Some strings are long and have no backslash; others (program text) have one every few bytes. So the first block is
// searched word by word, and only the rest in whole blocks.
size_t find_backslash(std::string_view text, size_t from) {
  const size_t near_end = std::min(text.size(), from + kScanBlockBytes);
  const size_t found = find_backslash_by_words(text, from, near_end);
  if (found != text.npos) return found;
  from = near_end;
  while (text.size() - from >= kScanBlockBytes && !any_in_block(text.data() + from, is_backslash)) {
    from += kScanBlockBytes;
  }
  return find_backslash_by_words(text, from, text.size());
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
