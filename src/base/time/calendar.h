// Days of the Gregorian calendar as numbers, in UTC.
#pragma once

#include <cstdint>

namespace onellm {

inline constexpr int64_t kHourMs = 3'600'000;
inline constexpr int64_t kDayMs = 24 * kHourMs;

struct Date {
  int64_t year;
  int64_t month;  // 1 to 12.
  int64_t day;    // From 1.
};

// Days since 1970 in the proleptic Gregorian calendar.
[[nodiscard]] int64_t days_of(const Date& date);

// The inverse of days_of, for days from 1970 on.
[[nodiscard]] Date date_of(int64_t days);

}  // namespace onellm
