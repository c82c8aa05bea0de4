#include "keys/usage.h"

#include <gtest/gtest.h>

#include "base/time/calendar.h"

namespace onellm::keys {
namespace {

constexpr int64_t kNow = 1'796'213'700'000;  // 2026-12-02T12:15:00Z, a Wednesday.
constexpr int64_t kMidnight = (kNow - 12 * kHourMs) / kHourMs;

TEST(RecentSpend, IsOfTheDayTheWeekAndTheMonth) {
  const std::vector<HourSpend> hours = {{.hour = kMidnight + 12, .money = 1},
                                        {.hour = kMidnight, .money = 10},
                                        {.hour = kMidnight - 1, .money = 100},
                                        {.hour = kMidnight - 24, .money = 1'000},
                                        {.hour = kMidnight - 25, .money = 10'000},
                                        {.hour = kMidnight - 48, .money = 100'000},
                                        {.hour = kMidnight - 48 - 1, .money = 1'000'000}};
  const RecentSpend spend = recent_spend(hours, kNow);
  EXPECT_EQ(spend.day, 11);
  EXPECT_EQ(spend.week, 111'111) << "from Monday, in November";
  EXPECT_EQ(spend.month, 1'111) << "from the first of December";
  EXPECT_EQ(first_recent_hour(kNow), kMidnight - 48);
  EXPECT_EQ(first_recent_hour(kNow + 7 * kDayMs), kMidnight - 24);
}

Record record() {
  Record record{.id = "key_a", .models = {"m*"}, .rpm_limit = 7, .created_ms = kNow - kDayMs};
  return record;
}

std::string own_view(const Record& of, const OwnUsage& usage) {
  std::string out;
  write_own_view(out, of, usage, kNow);
  return out;
}

TEST(OwnView, HasMoneyAsNumbersWithAllTheirDigits) {
  Record of = record();
  of.alias = "J\xC3\xBCrgen";
  of.max_budget = 2'000'000'000'001;
  of.budget_duration = "30h";
  of.expires_ms = kNow;
  EXPECT_EQ(own_view(of, {.spent = 2, .total = 3, .day = 4, .week = 5, .month = 6}),
            R"({"data":{"label":"Jürgen","limit":2.000000000001,"limit_remaining":1.999999999999,)"
            R"("limit_reset":"2026-12-02T18:15:00Z","usage":0.000000000003,"usage_daily":0.000000000004,)"
            R"("usage_weekly":0.000000000005,"usage_monthly":0.000000000006,"expires_at":"2026-12-02T12:15:00Z",)"
            R"("models":["m*"],"rpm_limit":7,"tpm_limit":null,"max_parallel_requests":null}})");
}

TEST(OwnView, HasNullForLimitsThatAreNotSet) {
  EXPECT_EQ(own_view(record(), {}),
            R"({"data":{"label":"key_a","limit":null,"limit_remaining":null,"limit_reset":null,"usage":0,)"
            R"("usage_daily":0,"usage_weekly":0,"usage_monthly":0,"expires_at":null,"models":["m*"],"rpm_limit":7,)"
            R"("tpm_limit":null,"max_parallel_requests":null}})");
}

TEST(OwnView, NeverHasLessThanNothingRemaining) {
  Record of = record();
  of.max_budget = 1;
  EXPECT_NE(own_view(of, {.spent = 5}).find(R"("limit_remaining":0,)"), std::string::npos);
}

}  // namespace
}  // namespace onellm::keys
