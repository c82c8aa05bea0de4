#include "gateway/usage/row_values.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "base/text.h"
#include "dialects/common/request/raw_values.h"

namespace onellm::gateway {

namespace {

int64_t rounded(double value) {
  static constexpr double kMax = 9.2e18;
  return std::abs(value) < kMax ? std::llround(value) : INT64_MAX;
}

bool read_plain_number(json::Value& value, int64_t& out) {
  if (value.read(out)) return true;
  double number = 0;
  if (!value.read(number)) return false;
  out = rounded(number);
  return true;
}

// The digits of a number, or what stands in a text.
std::string_view text_of(json::Value& value) {
  json::RawString quoted;
  return value.read(quoted) ? quoted.text : value.raw().text;
}

UsageCost cost_of(std::string_view text) {
  if (std::all_of(text.begin(), text.end(), is_digit)) return UsageCost::of(text);
  double pico_usd = 0;
  dialects::read_raw(json::Raw{text}, [&](json::Value& inner) { (void)inner.read(pico_usd); });
  return UsageCost::of(pico_usd);
}

}  // namespace

int64_t read_number(json::Value& value) {
  int64_t number = 0;
  json::RawString text;
  if (read_plain_number(value, number) || !value.read(text)) return number;
  const char* end = text.text.data() + text.text.size();
  const auto [stop, failure] = std::from_chars(text.text.data(), end, number);
  if (stop == end && failure == std::errc()) return number;
  dialects::read_raw(json::Raw{text.text}, [&](json::Value& inner) { (void)read_plain_number(inner, number); });
  return number;
}

UsageCost read_cost(json::Value& value) { return cost_of(text_of(value)); }

SignedCost read_signed_cost(json::Value& value) {
  std::string_view text = text_of(value);
  const bool has_sign = text.starts_with('-');
  if (has_sign) text.remove_prefix(1);
  return {.is_negative = has_sign, .amount = cost_of(text)};
}

std::string SignedCost::text() const { return (is_negative && !amount.is_zero() ? "-" : "") + amount.text(); }

void write_sums(json::ObjectWriter& object, const UsageSums& sums, const UsageCost& cost) {
  for (size_t i = 0; i < kSumsCount; ++i) {
    if (static_cast<Sum>(i) == Sum::kCostPicoUsd) {
      object.begin("cost_usd") += cost.text();
    } else {
      object.add(kSumNames[i], sums.values[i]);
    }
  }
}

}  // namespace onellm::gateway
