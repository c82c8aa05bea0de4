// Amounts of money as whole numbers of pico-dollars (10^-12 US dollars), and as decimal text.
//
// Rule: no floating-point numbers, so that sums are exact.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace onellm::prices {

// A price of $1 for a million tokens is 10^6 pico-dollars for one token.
using PicoUsd = int64_t;

inline constexpr int kPicoDecimals = 12;

// All digits, without exponent and without needless zeros: "0.00012", "12.5", "0". Requires amount >= 0.
[[nodiscard]] std::string format_usd(PicoUsd amount);

enum class Rounding : uint8_t { kNone, kNearest };

// `number`, in JSON's notation, times 10^decimals. Nothing if the result does not fit or is negative, or if it has a
// fraction and `rounding` is kNone.
[[nodiscard]] std::optional<int64_t> scale_decimal(std::string_view number, int decimals, Rounding rounding);

// Reads an amount that a provider reported, in US dollars: "0.000123", "1.2e-05". Rounds to pico-dollars.
[[nodiscard]] inline std::optional<PicoUsd> read_usd(std::string_view number) {
  return scale_decimal(number, kPicoDecimals, Rounding::kNearest);
}

}  // namespace onellm::prices
