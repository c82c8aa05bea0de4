#include "keys/window.h"

#include <gtest/gtest.h>

#include "base/time/calendar.h"
#include "base/time/rfc3339.h"

namespace onellm::keys {
namespace {

int64_t at(std::string_view time) { return read_rfc3339_ms(time).value(); }

// The window with `time` of a key that was created at `created`, as "start end".
std::string window(std::string_view duration, std::string_view created, std::string_view time) {
  const Duration length = read_duration(duration).value();
  const int64_t end_ms = window_end(length, at(created), at(time));
  return format_rfc3339_ms(window_start(length, at(created), at(time))) + " " +
         (end_ms == kNever ? "never" : format_rfc3339_ms(end_ms));
}

TEST(Window, OfADayEndsAtMidnight) {
  EXPECT_EQ(window("1d", "2026-01-01T05:00:00Z", "2026-03-05T23:59:59.999Z"),
            "2026-03-05T00:00:00Z 2026-03-06T00:00:00Z");
  EXPECT_EQ(window("1d", "2026-01-01T05:00:00Z", "2026-03-06T00:00:00Z"), "2026-03-06T00:00:00Z 2026-03-07T00:00:00Z");
}

TEST(Window, OfAWeekEndsBeforeMonday) {
  EXPECT_EQ(window("7d", "2026-01-01T05:00:00Z", "2026-11-29T23:59:59Z"), "2026-11-23T00:00:00Z 2026-11-30T00:00:00Z");
  EXPECT_EQ(window("7d", "2026-01-01T05:00:00Z", "2026-11-30T00:00:00Z"), "2026-11-30T00:00:00Z 2026-12-07T00:00:00Z");
  EXPECT_EQ(window("7d", "1970-01-01T00:00:00Z", "1970-01-05T00:00:00Z"), "1970-01-05T00:00:00Z 1970-01-12T00:00:00Z");
}

TEST(Window, OfAMonthEndsBeforeTheFirst) {
  EXPECT_EQ(window("1mo", "2026-01-31T05:00:00Z", "2026-12-31T12:00:00Z"), "2026-12-01T00:00:00Z 2027-01-01T00:00:00Z");
  EXPECT_EQ(window("1mo", "2026-01-31T05:00:00Z", "2028-02-29T00:00:00Z"), "2028-02-01T00:00:00Z 2028-03-01T00:00:00Z");
}

TEST(Window, OfHoursAndDaysCountsFromTheCreation) {
  EXPECT_EQ(window("5h", "2026-01-01T05:07:09.250Z", "2026-01-01T05:07:09.250Z"),
            "2026-01-01T05:07:09.250Z 2026-01-01T10:07:09.250Z");
  EXPECT_EQ(window("5h", "2026-01-01T05:07:09.250Z", "2026-01-01T10:07:09.250Z"),
            "2026-01-01T10:07:09.250Z 2026-01-01T15:07:09.250Z");
  EXPECT_EQ(window("30d", "2026-01-01T05:00:00Z", "2026-02-01T05:00:00Z"), "2026-01-31T05:00:00Z 2026-03-02T05:00:00Z");
  EXPECT_EQ(window("24h", "2026-01-01T05:00:00Z", "2026-01-02T04:00:00Z"), "2026-01-01T05:00:00Z 2026-01-02T05:00:00Z");
  EXPECT_EQ(window("1h", "2026-01-01T05:30:00Z", "2026-01-01T05:00:00Z"), "2026-01-01T04:30:00Z 2026-01-01T05:30:00Z")
      << "the clock went back before the creation";
}

TEST(Window, WithoutDurationNeverEnds) {
  EXPECT_EQ(window("", "2026-01-01T05:00:00Z", "2999-01-01T00:00:00Z"), "2026-01-01T05:00:00Z never");
}

TEST(Window, FollowsTheOneBeforeWithoutGap) {
  const int64_t created_ms = at("2024-01-30T13:14:15.016Z");
  for (const char* text : {"1d", "7d", "1mo", "1h", "7h", "2d", "365d", "366d", "8784h"}) {
    const Duration length = read_duration(text).value();
    int64_t time_ms = created_ms;
    for (int window = 0; window < 500; ++window) {
      const int64_t end_ms = window_end(length, created_ms, time_ms);
      ASSERT_GT(end_ms, time_ms) << text;
      ASSERT_EQ(window_start(length, created_ms, end_ms), end_ms) << text;
      ASSERT_EQ(window_start(length, created_ms, end_ms - 1), window_start(length, created_ms, time_ms)) << text;
      time_ms = end_ms;
    }
  }
}

TEST(Duration, IsRefusedWhereItIsNone) {
  for (const char* text : {"0h", "0d", "01d", "8785h", "367d", "1w", "-1d", "d", "h", "1", "1 d", "1D", "2mo", "1.5h",
                           "+1h", "1h ", "9999999999999999999h", "1mo1", "1hh"}) {
    EXPECT_EQ(read_duration(text), std::nullopt) << text;
  }
  EXPECT_EQ(read_duration("366d"), read_duration("8784h"));
  EXPECT_NE(read_duration("1d"), read_duration("24h"));
  EXPECT_NE(read_duration("7d"), read_duration("168h"));
}

}  // namespace
}  // namespace onellm::keys
