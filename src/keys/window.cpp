#include "keys/window.h"

#include <charconv>

#include "base/limits.h"
#include "base/text.h"
#include "base/time/calendar.h"

namespace onellm::keys {

namespace {

constexpr int64_t kWeekDays = 7;
constexpr int64_t kMondayToThursdayDays = 3;  // 1970 began on a Thursday.

int64_t floor_of(int64_t number, int64_t step) {
  const int64_t rest = number % step;
  return number - (rest < 0 ? rest + step : rest);
}

int64_t week_start(int64_t time_ms) {
  constexpr int64_t kShiftMs = kMondayToThursdayDays * kDayMs;
  return floor_of(time_ms + kShiftMs, kWeekDays * kDayMs) - kShiftMs;
}

// The first of the month with `time_ms`, or of the month after it.
int64_t month_start(int64_t time_ms, bool next) {
  Date date = date_of(floor_of(time_ms, kDayMs) / kDayMs);
  date.day = 1;
  if (next) {
    date.year += date.month / 12;
    date.month = date.month % 12 + 1;
  }
  return days_of(date) * kDayMs;
}

}  // namespace

std::optional<Duration> read_duration(std::string_view text) {
  using Kind = Duration::Kind;
  if (text.empty()) return Duration{};
  if (text == "1d") return Duration{.kind = Kind::kDay};
  if (text == "7d") return Duration{.kind = Kind::kWeek};
  if (text == "1mo") return Duration{.kind = Kind::kMonth};
  if (!is_digit(text.front()) || text.front() == '0') return std::nullopt;
  int64_t number = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, failure] = std::from_chars(text.data(), end, number);
  if (failure != std::errc() || end - stop != 1 || (*stop != 'h' && *stop != 'd')) return std::nullopt;
  const int64_t unit_hours = *stop == 'd' ? 24 : 1;
  if (number > kKeyWindowHoursMax / unit_hours) return std::nullopt;
  return Duration{.kind = Kind::kHours, .hours = number * unit_hours};
}

int64_t window_start(const Duration& duration, int64_t created_ms, int64_t time_ms) {
  switch (duration.kind) {
    case Duration::Kind::kEndless: return created_ms;
    case Duration::Kind::kDay: return floor_of(time_ms, kDayMs);
    case Duration::Kind::kWeek: return week_start(time_ms);
    case Duration::Kind::kMonth: return month_start(time_ms, false);
    case Duration::Kind::kHours: return created_ms + floor_of(time_ms - created_ms, duration.hours * kHourMs);
  }
  __builtin_unreachable();
}

int64_t window_end(const Duration& duration, int64_t created_ms, int64_t time_ms) {
  const int64_t start_ms = window_start(duration, created_ms, time_ms);
  switch (duration.kind) {
    case Duration::Kind::kEndless: return kNever;
    case Duration::Kind::kDay: return start_ms + kDayMs;
    case Duration::Kind::kWeek: return start_ms + kWeekDays * kDayMs;
    case Duration::Kind::kMonth: return month_start(time_ms, true);
    case Duration::Kind::kHours: return start_ms + duration.hours * kHourMs;
  }
  __builtin_unreachable();
}

}  // namespace onellm::keys
