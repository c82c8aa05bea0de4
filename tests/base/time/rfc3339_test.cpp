#include "base/time/rfc3339.h"

#include <gtest/gtest.h>

namespace onellm {
namespace {

TEST(Rfc3339, ReadsTimesOfUtc) {
  EXPECT_EQ(read_rfc3339_ms("1970-01-01T00:00:00Z"), 0);
  EXPECT_EQ(read_rfc3339_ms("2023-11-14T22:13:20Z"), 1'700'000'000'000);
  EXPECT_EQ(read_rfc3339_ms("2000-02-29T23:59:59Z"), 951'868'799'000);
  EXPECT_EQ(read_rfc3339_ms("1969-12-31T23:59:59Z"), -1'000);
  EXPECT_EQ(read_rfc3339_ms("2023-11-14t22:13:20z"), 1'700'000'000'000);
}

TEST(Rfc3339, ReadsFractionsOfASecond) {
  EXPECT_EQ(read_rfc3339_ms("1970-01-01T00:00:01.5Z"), 1'500);
  EXPECT_EQ(read_rfc3339_ms("1970-01-01T00:00:01.002999999Z"), 1'002);
}

TEST(Rfc3339, TakesTheZoneIntoAccount) {
  EXPECT_EQ(read_rfc3339_ms("1970-01-01T02:30:00+02:30"), 0);
  EXPECT_EQ(read_rfc3339_ms("1969-12-31T16:00:00-08:00"), 0);
}

TEST(Rfc3339, RefusesWhatIsNoSuchTime) {
  for (const char* text :
       {"", "2023", "2023-11-14", "2023-11-14T22:13:20", "2023-13-14T22:13:20Z", "2023-11-32T22:13:20Z",
        "2023-11-14T24:13:20Z", "2023-11-14T22:60:20Z", "2023-11-14T22:13:20.Z", "2023-11-14T22:13:20Zz",
        "2023-11-14T22:13:20+0100", "2023-02-29T00:00:00Z", "2100-02-29T00:00:00Z", "2023-04-31T00:00:00Z",
        "2023-11-14T22:13:20-99:99", "2023-11-14T22:13:20+24:00", "2023-11-14T22:13:20+01:60", "6m0s",
        "2O23-11-14T22:13:20Z"}) {
    EXPECT_EQ(read_rfc3339_ms(text), std::nullopt) << text;
  }
}

TEST(Rfc3339, WritesWhatItReads) {
  EXPECT_EQ(format_rfc3339(0), "1970-01-01T00:00:00Z");
  EXPECT_EQ(format_rfc3339(1'700'000'000'999), "2023-11-14T22:13:20Z");
  EXPECT_EQ(format_rfc3339(951'868'799'000), "2000-02-29T23:59:59Z");
  constexpr int64_t kDayMs = 86'400'000;
  for (int64_t day = 0; day < 400 * 366; ++day) {
    ASSERT_EQ(read_rfc3339_ms(format_rfc3339(day * kDayMs)), day * kDayMs) << day;
  }
}

TEST(Rfc3339, WritesMillisecondsWhereThereAreAny) {
  EXPECT_EQ(format_rfc3339_ms(1'700'000'000'000), "2023-11-14T22:13:20Z");
  EXPECT_EQ(format_rfc3339_ms(1'700'000'000'007), "2023-11-14T22:13:20.007Z");
  EXPECT_EQ(read_rfc3339_ms(format_rfc3339_ms(1'700'000'000'250)), 1'700'000'000'250);
}

}  // namespace
}  // namespace onellm
