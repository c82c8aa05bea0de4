#include "base/time/calendar.h"

namespace onellm {

// Years begin in March here, so that a leap day is the last day of its year. 719468 days lie between the first of March
// of year 0 and 1970.
int64_t days_of(const Date& date) {
  const int64_t from_march = date.month > 2 ? date.month - 3 : date.month + 9;
  const int64_t y = date.month > 2 ? date.year : date.year - 1;
  const int64_t leap_days = y >= 0 ? y / 4 - y / 100 + y / 400 : -1;
  return y * 365 + leap_days + (153 * from_march + 2) / 5 + date.day - 1 - 719'468;
}

// The calendar repeats every 400 years, 146097 days. The three divisions remove the leap days of such a period.
Date date_of(int64_t days) {
  const int64_t from_year_0 = days + 719'468;
  const int64_t era = from_year_0 / 146'097;
  const int64_t day_of_era = from_year_0 % 146'097;
  const int64_t year_of_era = (day_of_era - day_of_era / 1'460 + day_of_era / 36'524 - day_of_era / 146'096) / 365;
  const int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const int64_t from_march = (5 * day_of_year + 2) / 153;
  const int64_t month = from_march < 10 ? from_march + 3 : from_march - 9;
  return {.year = era * 400 + year_of_era + (month <= 2 ? 1 : 0),
          .month = month,
          .day = day_of_year - (153 * from_march + 2) / 5 + 1};
}

}  // namespace onellm
