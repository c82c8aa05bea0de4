// Limiter: windows of the budget, and limits that change.
#include "keys/window.h"

#include <gtest/gtest.h>

#include <array>

#include "base/time/calendar.h"
#include "keys/flat.h"
#include "keys/limiter/budget.h"
#include "keys/limiter/limiter.h"
#include "keys/limiter/store.h"

namespace onellm::keys {
namespace {

TEST(BudgetWindow, ThatEndsFreesTheBudget) {
  Store store = store_with(kCent, "1d");
  EXPECT_EQ(admit(store, kNow, "a", kCent), Verdict::kAdmitted);
  store.settle(kNow, "a", kCent);
  EXPECT_EQ(admit(store, kNow + 12 * kHourMs - 1, "b", 1), Verdict::kRefused);
  EXPECT_EQ(admit(store, kNow + 12 * kHourMs, "b", kCent), Verdict::kAdmitted);
  EXPECT_EQ(store.state.spent, 0);
  EXPECT_EQ(store.state.total, kCent);
}

TEST(BudgetWindow, KeepsWhatOpenRequestsReserve) {
  Store store = store_with(kCent, "1h");
  EXPECT_EQ(admit(store, kNow + kHourMs - 1, "a", kCent), Verdict::kAdmitted);
  EXPECT_EQ(admit(store, kNow + kHourMs, "b", 1), Verdict::kRefused);
  store.settle(kNow + kHourMs, "a", kCent / 2);
  EXPECT_EQ(store.state.spent, kCent / 2) << "booked when it was settled";
}

TEST(BudgetWindow, DoesNotBeginTwiceIfTheClockGoesBack) {
  Store store = store_with(kCent, "1h");
  store.touch(kNow + kHourMs);
  EXPECT_EQ(admit(store, kNow + kHourMs, "a", kCent), Verdict::kAdmitted);
  store.settle(kNow + kHourMs, "a", kCent);
  EXPECT_EQ(admit(store, kNow + kHourMs - 1, "b", 1), Verdict::kRefused);
  EXPECT_EQ(admit(store, kNow + kHourMs + 1, "b", 1), Verdict::kRefused);
}

// The server was stopped at 23:00 with 300 requests open, and runs again at 08:00.
TEST(BudgetWindow, OfTodayHasNothingOfLostRequestsOfYesterday) {
  for (const size_t due_rows_max : std::to_array<size_t>({50, 100, 1'000})) {
    Store store = store_with(400 * kCent, "1d");
    store.due_rows_max = due_rows_max;
    const int64_t evening = kNow + 11 * kHourMs;
    for (int i = 0; i < 300; ++i) {
      EXPECT_EQ(admit(store, evening + i, "r" + std::to_string(i), kCent), Verdict::kAdmitted);
    }
    EXPECT_EQ(admit(store, kNow + 20 * kHourMs, "new", 400 * kCent), Verdict::kAdmitted) << due_rows_max;
    EXPECT_EQ(store.state.spent, 0);
    EXPECT_EQ(store.state.total, 300 * kCent);
    EXPECT_EQ(store.state.reserved, 400 * kCent);
    EXPECT_EQ(store.hours[evening / kHourMs], 300 * kCent);
  }
}

TEST(ChangedLimits, CountAtOnce) {
  Store store = store_with(kCent);
  EXPECT_EQ(admit(store, kNow, "a", kCent), Verdict::kAdmitted);
  store.settle(kNow, "a", kCent);
  store.set_limits(kNow, limits_with(2 * kCent, "", 2));
  EXPECT_EQ(store.state.spent, kCent) << "another max_budget keeps the window";
  EXPECT_EQ(admit(store, kNow, "b", kCent, 2), Verdict::kAdmitted);
}

TEST(ChangedLimits, SetTheSpendWhereTheRecordDoes) {
  Store store = store_with(kCent, "1d");
  EXPECT_EQ(admit(store, kNow, "a", 700), Verdict::kAdmitted);
  store.settle(kNow, "a", 123);
  Limits other = limits_with(kCent, "7d", 2);
  other.spend = {.version = 2, .amount = 55, .window_start_ms = kNow + 5};
  store.set_limits(kNow + 5, other);
  EXPECT_EQ(store.state.spent, 55);
  EXPECT_EQ(store.state.window_start_ms, kNow + 5);
  other.version = 3;
  other.spend.amount = 77;
  store.set_limits(kNow + 6, other);
  EXPECT_EQ(store.state.spent, 55) << "set once for each version of the figure";
}

TEST(ChangedLimits, DropImportedSpendOfAWindowThatHasEnded) {
  Store store;
  Limits limits = limits_with(kCent, "1d");
  limits.spend = {.version = 1, .amount = 55, .window_start_ms = kNow - 24 * kHourMs};
  store.set_limits(kNow, limits);
  EXPECT_EQ(store.state.spent, 0);
}

TEST(ChangedLimits, FillANewBucket) {
  Store store = store_with(kCent);
  Limits limits = limits_with(kCent, "", 2);
  limits.rpm_limit = 3;
  limits.tpm_limit = 50;
  store.set_limits(kNow, limits);
  EXPECT_EQ(left_in(store.state.requests), 3);
  EXPECT_EQ(left_in(store.state.tokens), 50);
}

}  // namespace
}  // namespace onellm::keys
