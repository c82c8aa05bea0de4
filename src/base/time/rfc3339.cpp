#include "base/time/rfc3339.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "base/time/calendar.h"

namespace onellm {

namespace {

constexpr int64_t kMinuteMs = 60'000;

// Takes `digits` decimal digits off `text`. Clears `ok` if `text` does not begin with them.
int64_t take_number(std::string_view& text, size_t digits, bool& ok) {
  int64_t number = 0;
  if (text.size() < digits || !std::all_of(text.begin(), text.begin() + static_cast<ptrdiff_t>(digits), is_digit)) {
    ok = false;
    return 0;
  }
  for (const char c : text.substr(0, digits)) number = number * 10 + (c - '0');
  text.remove_prefix(digits);
  return number;
}

// Takes one of the characters `any` off `text`. Clears `ok` if there is none.
void take_mark(std::string_view& text, std::string_view any, bool& ok) {
  ok = ok && !text.empty() && any.find(text[0]) != any.npos;
  if (ok) text.remove_prefix(1);
}

// A fraction of a second, if there is one, as milliseconds.
int64_t take_fraction_ms(std::string_view& text, bool& ok) {
  if (!text.starts_with('.')) return 0;
  text.remove_prefix(1);
  ok = ok && !text.empty() && is_digit(text[0]);
  int64_t ms = 0;
  for (int64_t unit = 100; !text.empty() && is_digit(text[0]); unit /= 10) {
    ms += unit * (text[0] - '0');
    text.remove_prefix(1);
  }
  return ms;
}

// The offset of the time zone from UTC; positive if it is ahead.
int64_t take_offset_ms(std::string_view& text, bool& ok) {
  const bool is_utc = text.starts_with('Z') || text.starts_with('z');
  const bool is_behind = text.starts_with('-');
  take_mark(text, "Zz+-", ok);
  if (!ok || is_utc) return 0;
  const int64_t hours = take_number(text, 2, ok);
  take_mark(text, ":", ok);
  const int64_t minutes = take_number(text, 2, ok);
  ok = ok && hours <= 23 && minutes <= 59;
  const int64_t offset = hours * 60 + minutes;
  return (is_behind ? -offset : offset) * kMinuteMs;
}

int64_t days_in(int64_t year, int64_t month) {
  static constexpr int64_t kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  return kDays[month - 1] + (month == 2 && is_leap ? 1 : 0);
}

void append_digits(std::string& out, int64_t number, size_t digits) {
  const std::string text = std::to_string(number);
  out.append(digits - std::min(digits, text.size()), '0').append(text);
}

}  // namespace

std::string format_rfc3339(int64_t ms) {
  const Date date = date_of(ms / kDayMs);
  const int64_t second = ms % kDayMs / 1'000;
  std::string out;
  append_digits(out, date.year, 4);
  const std::pair<char, int64_t> parts[] = {
      {'-', date.month}, {'-', date.day}, {'T', second / 3'600}, {':', second / 60 % 60}, {':', second % 60}};
  for (const auto& [mark, number] : parts) {
    out += mark;
    append_digits(out, number, 2);
  }
  return out + 'Z';
}

std::string format_rfc3339_ms(int64_t ms) {
  std::string out = format_rfc3339(ms);
  if (ms % 1'000 == 0) return out;
  out.back() = '.';
  append_digits(out, ms % 1'000, 3);
  return out + 'Z';
}

std::optional<int64_t> read_rfc3339_ms(std::string_view text) {
  bool ok = true;
  const int64_t year = take_number(text, 4, ok);
  take_mark(text, "-", ok);
  const int64_t month = take_number(text, 2, ok);
  take_mark(text, "-", ok);
  const int64_t day = take_number(text, 2, ok);
  take_mark(text, "Tt ", ok);
  const int64_t hour = take_number(text, 2, ok);
  take_mark(text, ":", ok);
  const int64_t minute = take_number(text, 2, ok);
  take_mark(text, ":", ok);
  const int64_t second = take_number(text, 2, ok);
  const int64_t fraction_ms = take_fraction_ms(text, ok);
  const int64_t offset_ms = take_offset_ms(text, ok);
  const bool in_range = month >= 1 && month <= 12 && day >= 1 && day <= days_in(year, month) && hour <= 23 &&
                        minute <= 59 && second <= 60;
  if (!ok || !in_range || !text.empty()) return std::nullopt;
  return days_of({.year = year, .month = month, .day = day}) * kDayMs + (hour * 60 + minute) * kMinuteMs +
         second * 1000 + fraction_ms - offset_ms;
}

}  // namespace onellm
