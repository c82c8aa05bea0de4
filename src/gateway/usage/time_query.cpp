#include "gateway/usage/time_query.h"

#include <charconv>

#include "base/time/calendar.h"
#include "base/time/rfc3339.h"

namespace onellm::gateway {

namespace {

std::optional<int64_t> read_seconds(std::string_view text) {
  int64_t seconds = 0;
  const auto [stop, failure] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  if (failure != std::errc() || stop != text.data() + text.size() || seconds < 0 || seconds >= kYear10000Ms / 1000)
    return std::nullopt;
  return seconds * 1000;
}

}  // namespace

int64_t QueryTime::end_ms() const { return is_date ? ms + kDayMs : ms; }

std::optional<QueryTime> read_query_time(std::string_view text) {
  static constexpr size_t kDateBytes = std::string_view("2026-11-23").size();
  static constexpr size_t kMinuteBytes = std::string_view("2026-11-23T06:38").size();
  static constexpr size_t kSecondBytes = std::string_view("2026-11-23T06:38:00").size();
  if (const std::optional<int64_t> ms = read_seconds(text)) return QueryTime{.ms = *ms, .is_date = false};
  const bool is_date = text.size() == kDateBytes;
  std::string whole(text);
  if (is_date) whole += "T00:00:00Z";
  if (text.size() == kMinuteBytes) whole += ":00Z";
  if (text.size() == kSecondBytes && text.back() != 'Z' && text.back() != 'z') whole += 'Z';
  const std::optional<int64_t> ms = read_rfc3339_ms(whole);
  if (!ms || *ms < 0) return std::nullopt;
  return QueryTime{.ms = *ms, .is_date = is_date};
}

Error bad_query_value(const std::string& param, const std::string& problem) {
  return {.kind = ErrorKind::kBadRequest, .message = param + " " + problem, .param = param};
}

}  // namespace onellm::gateway
