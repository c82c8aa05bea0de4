#include "base/pattern.h"

#include <cstddef>

#include "base/text.h"

namespace onellm {

namespace {

bool fits_byte(char c, char wanted) {
  if (wanted == '#') return is_digit(c);
  return wanted == c || wanted == '?';
}

}  // namespace

// On a mismatch it goes back only to the last `*`; earlier ones need no second try.
bool fits_pattern(std::string_view text, std::string_view pattern) {
  size_t at = 0;
  size_t wanted = 0;
  size_t star = pattern.npos;  // The last `*` that was passed; `after_star` is its place in the text.
  size_t after_star = 0;
  while (at < text.size()) {
    const bool is_star = wanted < pattern.size() && pattern[wanted] == '*';
    if (is_star) {
      star = wanted++;
      after_star = at;
    } else if (wanted < pattern.size() && fits_byte(text[at], pattern[wanted])) {
      ++wanted;
      ++at;
    } else if (star != pattern.npos) {
      wanted = star + 1;
      at = ++after_star;
    } else {
      return false;
    }
  }
  return pattern.find_first_not_of('*', wanted) == pattern.npos;
}

}  // namespace onellm
