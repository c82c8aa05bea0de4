#include "dialects/anthropic_messages/client/rate_limits.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>

#include "base/text.h"
#include "base/time/rfc3339.h"

namespace onellm::dialects::anthropic_messages {

namespace {

constexpr std::string_view kOwnPrefix = "anthropic-ratelimit-";

struct LimitName {
  std::string_view known;
  std::string_view own;
  bool is_duration = false;
};
constexpr LimitName kNames[] = {
    {"x-ratelimit-limit-requests", "anthropic-ratelimit-requests-limit"},
    {"x-ratelimit-remaining-requests", "anthropic-ratelimit-requests-remaining"},
    {"x-ratelimit-reset-requests", "anthropic-ratelimit-requests-reset", true},
    {"x-ratelimit-limit-tokens", "anthropic-ratelimit-tokens-limit"},
    {"x-ratelimit-remaining-tokens", "anthropic-ratelimit-tokens-remaining"},
    {"x-ratelimit-reset-tokens", "anthropic-ratelimit-tokens-reset", true},
};

constexpr double kDurationMsMax = 366.0 * 24 * 3600 * 1000;  // A longer one is no duration.

// Reads `12` or `1.5` from the beginning of `text`. Nothing if there is no digit.
std::optional<double> take_number(std::string_view& text) {
  double value = 0;
  double unit = 0;  // The value of the next digit after the point; 0: no point yet.
  size_t length = 0;
  for (; length < text.size(); ++length) {
    const char c = text[length];
    if (c == '.' && unit == 0 && length > 0) {
      unit = 0.1;
    } else if (!is_digit(c)) {
      break;
    } else if (unit == 0) {
      value = value * 10 + (c - '0');
    } else {
      value += unit * (c - '0');
      unit /= 10;
    }
  }
  if (length == 0) return std::nullopt;
  text.remove_prefix(length);
  return value;
}

// Milliseconds of the unit at the beginning of `text`; 0: there is none. No unit at the end means seconds.
double take_unit_ms(std::string_view& text) {
  struct Unit {
    std::string_view name;
    double ms;
  };
  constexpr Unit kUnits[] = {{"ms", 1}, {"s", 1000}, {"m", 60'000}, {"h", 3'600'000}, {"d", 86'400'000}};
  if (text.empty()) return 1000;
  for (const Unit& unit : kUnits) {
    if (!text.starts_with(unit.name)) continue;
    text.remove_prefix(unit.name.size());
    return unit.ms;
  }
  return 0;
}

// Reads a duration such as `6m0s`, `20ms`, `1.5s` or `12`, in milliseconds.
std::optional<double> read_duration_ms(std::string_view text) {
  if (text.empty()) return std::nullopt;
  double sum = 0;
  while (!text.empty()) {
    const std::optional<double> number = take_number(text);
    if (!number) return std::nullopt;
    const double unit_ms = take_unit_ms(text);
    if (unit_ms == 0) return std::nullopt;
    sum += *number * unit_ms;
  }
  if (sum > kDurationMsMax) return std::nullopt;
  return sum;
}

std::string time_after(std::string_view duration, double now_ms) {
  const std::optional<double> ms = read_duration_ms(duration);
  if (!ms) return {};
  return format_rfc3339(static_cast<int64_t>(std::ceil((now_ms + *ms) / 1000) * 1000));
}

}  // namespace

void add_rate_limits(HeaderList& headers, double now_ms) {
  const auto is_own = [](const auto& header) { return header.first.starts_with(kOwnPrefix); };
  if (headers.empty() || std::any_of(headers.begin(), headers.end(), is_own)) return;
  HeaderList own;
  for (const auto& [name, value] : headers) {
    for (const LimitName& row : kNames) {
      if (row.known != name) continue;
      std::string shown = row.is_duration ? time_after(value, now_ms) : value;
      if (!shown.empty()) own.emplace_back(row.own, std::move(shown));
    }
  }
  headers.insert(headers.end(), own.begin(), own.end());
}

}  // namespace onellm::dialects::anthropic_messages
