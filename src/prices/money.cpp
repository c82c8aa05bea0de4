#include "prices/money.h"

#include <algorithm>
#include <limits>

#include "json/grammar.h"

namespace onellm::prices {

namespace {

constexpr int64_t kMax = std::numeric_limits<int64_t>::max();
constexpr int kExponentMax = 1000;  // Larger exponents give the same result.

// The value of "e-05" or "E+3"; 0 for an empty text.
int exponent_of(std::string_view text) {
  if (text.empty()) return 0;
  text.remove_prefix(1);
  const bool is_negative = text.starts_with('-');
  if (is_negative || text.starts_with('+')) text.remove_prefix(1);
  int value = 0;
  for (const char digit : text) value = std::min(value * 10 + (digit - '0'), kExponentMax);
  return is_negative ? -value : value;
}

bool append_digit(int64_t& value, int digit) {
  if (value > (kMax - digit) / 10) return false;
  value = value * 10 + digit;
  return true;
}

}  // namespace

std::string format_usd(PicoUsd amount) {
  std::string digits = std::to_string(amount);
  if (digits.size() <= kPicoDecimals) digits.insert(0, kPicoDecimals + 1 - digits.size(), '0');
  digits.insert(digits.size() - kPicoDecimals, 1, '.');
  digits.erase(digits.find_last_not_of('0') + 1);
  if (digits.back() == '.') digits.pop_back();
  return digits;
}

std::optional<int64_t> scale_decimal(std::string_view number, int decimals, Rounding rounding) {
  if (!json::is_number(number) || number.front() == '-') return std::nullopt;
  const size_t mantissa_end = std::min(number.find_first_of("eE"), number.size());
  const std::string_view mantissa = number.substr(0, mantissa_end);
  const size_t point = std::min(mantissa.find('.'), mantissa.size());
  // The number of digits before the point after it has moved. Negative: that many zeros follow the point.
  const int64_t whole_digits = static_cast<int64_t>(point) + exponent_of(number.substr(mantissa_end)) + decimals;

  int64_t value = 0;
  int64_t place = 0;
  bool is_exact = true;
  bool rounds_up = false;
  for (const char c : mantissa) {
    if (c == '.') continue;
    if (place >= whole_digits) {
      is_exact = is_exact && c == '0';
      rounds_up = rounds_up || (place == whole_digits && c >= '5');
    } else if (!append_digit(value, c - '0')) {
      return std::nullopt;
    }
    ++place;
  }
  for (; place < whole_digits && value != 0; ++place) {
    if (!append_digit(value, 0)) return std::nullopt;
  }
  if (!is_exact && rounding == Rounding::kNone) return std::nullopt;
  if (!rounds_up) return value;
  return value == kMax ? std::nullopt : std::optional(value + 1);
}

}  // namespace onellm::prices
