#include "gateway/chat/reports/usage_cost.h"

#include <algorithm>
#include <charconv>

namespace onellm::gateway {

namespace {

constexpr int64_t kPicoOfDollar = 1'000'000'000'000;
constexpr int64_t kDollarsMax = 100'000'000'000'000;  // The most in one sum; thousands of these can still be added.

int64_t number_of(std::string_view digits) {
  int64_t number = 0;
  const std::errc failure = std::from_chars(digits.data(), digits.data() + digits.size(), number).ec;
  return failure == std::errc::result_out_of_range ? kDollarsMax : std::min(number, kDollarsMax);
}

}  // namespace

UsageCost UsageCost::of(double pico_usd) {
  if (!(pico_usd > 0)) return {};
  const auto dollars = static_cast<int64_t>(std::min<double>(pico_usd / kPicoOfDollar, kDollarsMax));
  const double rest = pico_usd - static_cast<double>(dollars) * kPicoOfDollar;
  return {dollars, static_cast<int64_t>(std::clamp(rest + 0.5, 0.0, kPicoOfDollar - 1.0))};
}

UsageCost UsageCost::of(std::string_view pico_usd) {
  const size_t whole_digits = pico_usd.size() - std::min<size_t>(pico_usd.size(), prices::kPicoDecimals);
  return {number_of(pico_usd.substr(0, whole_digits)), number_of(pico_usd.substr(whole_digits))};
}

void UsageCost::add(const UsageCost& other) {
  const int64_t rest = rest_ + other.rest_;
  dollars_ += other.dollars_ + rest / kPicoOfDollar;
  rest_ = rest % kPicoOfDollar;
}

std::string UsageCost::text() const {
  return std::to_string(dollars_) + prices::format_usd(rest_).substr(1);  // Removes the leading 0 of "0.25".
}

}  // namespace onellm::gateway
