// Amounts of money as whole numbers of pico-dollars, 10^-12 US dollars, and as decimal text. No floats: ten
// cents stay ten cents, however many are added.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace onellm::prices {

// A price of $1 for a million tokens is 10^6 of them a token.
using PicoUsd = int64_t;

inline constexpr int kPicoDecimals = 12;

// "0.00012", "12.5", "0": no exponent, no superfluous zeros, all digits. Requires amount >= 0.
[[nodiscard]] std::string format_usd(PicoUsd amount);

enum class Rounding : uint8_t { kNone, kNearest };

// `number`, as JSON writes numbers, times 10^decimals. Nothing where that does not fit, where it is
// negative, or where a fraction would be left and `rounding` is kNone.
[[nodiscard]] std::optional<int64_t> scale_decimal(std::string_view number, int decimals, Rounding rounding);

// An amount that somebody else worked out, in US dollars: "0.000123", "1.2e-05".
[[nodiscard]] inline std::optional<PicoUsd> read_usd(std::string_view number) {
  return scale_decimal(number, kPicoDecimals, Rounding::kNearest);
}

}  // namespace onellm::prices
