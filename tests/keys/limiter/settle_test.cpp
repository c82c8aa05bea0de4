// Limiter: settling and leases.
#include <gtest/gtest.h>

#include "base/time/calendar.h"
#include "keys/flat.h"
#include "keys/limiter/budget.h"
#include "keys/limiter/limiter.h"
#include "keys/limiter/store.h"
#include "keys/window.h"

namespace onellm::keys {
namespace {

TEST(Settle, ReplacesTheReservation) {
  Store store = store_with(kCent);
  EXPECT_EQ(admit(store, kNow, "a", 700), Verdict::kAdmitted);
  EXPECT_EQ(store.state.reserved, 700);
  store.settle(kNow, "a", 123);
  EXPECT_EQ(store.state.spent, 123);
  EXPECT_EQ(store.state.reserved, 0);
  EXPECT_EQ(store.state.open, 0);
  EXPECT_EQ(store.hours, (std::map<int64_t, PicoUsd>{{kHour, 123}}));
}

TEST(Settle, CountsOnce) {
  Store store = store_with(kCent);
  EXPECT_EQ(admit(store, kNow, "a", 700), Verdict::kAdmitted);
  store.settle(kNow, "a", 123);
  store.settle(kNow + 5, "a", 123);
  store.settle(kNow + kKeySettledMs - 1, "a", 500);
  EXPECT_EQ(store.state.spent, 123);
  EXPECT_EQ(store.state.total, 123);
}

TEST(Settle, OfMoreThanWasReservedIsCountedInFull) {
  Store store = store_with(kCent);
  EXPECT_EQ(admit(store, kNow, "a", kCent), Verdict::kAdmitted);
  store.settle(kNow, "a", 2 * kCent);
  EXPECT_EQ(store.state.spent, 2 * kCent);
  EXPECT_EQ(admit(store, kNow, "b", 1), Verdict::kRefused);
}

TEST(Settle, BeforeItsAdmitMakesThatVoid) {
  Store store = store_with(kCent);
  store.settle(kNow, "a", 0);
  EXPECT_EQ(admit(store, kNow, "a", 700), Verdict::kVoid);
  EXPECT_EQ(store.state.reserved, 0);
  EXPECT_EQ(store.state.open, 0);
  Store unknown;
  unknown.settle(kNow, "b", 0);
  unknown.set_limits(kNow, limits_with(kCent, ""));
  EXPECT_EQ(admit(unknown, kNow, "b", 700), Verdict::kVoid) << "also where the limiter knew nothing yet";
}

TEST(Settle, OfADeletedKeyWritesNothing) {
  Store store = store_with(kCent);
  EXPECT_EQ(admit(store, kNow, "a", 700), Verdict::kAdmitted);
  store.set_limits(kNow, {.version = 2, .is_deleted = true});
  store.settle(kNow, "a", 123);
  store.settle(kNow, "b", 123);
  EXPECT_TRUE(store.rows.empty());
  EXPECT_TRUE(store.hours.empty());
  EXPECT_EQ(store.state.total, 0);
  EXPECT_EQ(admit(store, kNow, "c", 1, 2), Verdict::kStale);
  EXPECT_EQ(admit(store, kNow, "c", 1, 3), Verdict::kUnknown) << "it may have been imported again";
}

TEST(Lease, ThatEndsIsSettledAtItsWorstCase) {
  Store store = store_with(kCent);
  EXPECT_EQ(admit(store, kNow, "a", 700), Verdict::kAdmitted);
  store.touch(kNow + kKeyLeaseMs - 1);
  EXPECT_EQ(store.state.spent, 0);
  store.touch(kNow + kKeyLeaseMs);
  EXPECT_EQ(store.state.spent, 700);
  EXPECT_EQ(store.state.reserved, 0);
  EXPECT_EQ(store.state.open, 0);
}

TEST(Lease, ThatIsRenewedDoesNotEnd) {
  Store store = store_with(kCent);
  EXPECT_EQ(admit(store, kNow, "a", 700), Verdict::kAdmitted);
  int64_t now_ms = kNow;
  for (int i = 0; i < 12; ++i) EXPECT_TRUE(store.renew(now_ms += kKeyLeaseRenewMs, "a"));
  EXPECT_EQ(store.state.reserved, 700) << "an hour later";
  store.settle(now_ms, "a", 123);
  EXPECT_EQ(store.state.total, 123);
  EXPECT_FALSE(store.renew(now_ms, "a"));
  EXPECT_FALSE(store.renew(now_ms, "b"));
}

TEST(Lease, ThatEndedIsReplacedByALateSettle) {
  Store store = store_with(kCent);
  EXPECT_EQ(admit(store, kNow, "a", 700), Verdict::kAdmitted);
  store.touch(kNow + 20 * 60'000);
  EXPECT_FALSE(store.renew(kNow + 20 * 60'000, "a"));
  store.settle(kNow + 3 * kHourMs, "a", 123);
  EXPECT_EQ(store.state.spent, 123);
  EXPECT_EQ(store.state.total, 123);
  EXPECT_EQ(store.hours[kHour], 123) << "in the hour in which the worst case was booked";
  store.settle(kNow + 4 * kHourMs, "a", 700);
  EXPECT_EQ(store.state.total, 123);
}

TEST(Lease, ThatEndedInAnEarlierWindowChangesOnlyThatOne) {
  Store store = store_with(kCent, "1h");
  EXPECT_EQ(admit(store, kNow + kHourMs - 1'000, "a", 700), Verdict::kAdmitted);
  EXPECT_EQ(admit(store, kNow + kHourMs - kKeyLeaseMs - 1, "b", 50), Verdict::kAdmitted);
  store.touch(kNow + 2 * kHourMs - 1);
  EXPECT_EQ(store.state.spent, 700) << "the lease of a ended in this window, that of b in the one before";
  EXPECT_EQ(store.state.total, 750);
  store.settle(kNow + 2 * kHourMs, "a", 100);
  EXPECT_EQ(store.state.spent, 0) << "a new window";
  EXPECT_EQ(store.state.total, 150);
}

TEST(Ended, AreForgottenAfterADay) {
  Store store = store_with(kCent);
  EXPECT_EQ(admit(store, kNow, "a", 700), Verdict::kAdmitted);
  store.settle(kNow, "a", 1);
  store.touch(kNow + kKeySettledMs - 1);
  EXPECT_EQ(store.rows.size(), 1);
  store.touch(kNow + kKeySettledMs);
  EXPECT_TRUE(store.rows.empty());
  EXPECT_EQ(store.state.ended, 0);
}

TEST(Ended, AreAtMostTenThousand) {
  Store store = store_with(kCent);
  EXPECT_EQ(admit(store, kNow, "open", 700), Verdict::kAdmitted);
  store.state.ended = kKeySettledMax - 2;  // As if there were so many rows.
  for (int i = 0; i < 5; ++i) store.settle(kNow + i, std::to_string(i), 0);
  EXPECT_EQ(store.state.ended, kKeySettledMax);
  EXPECT_EQ(store.rows.count("open"), 1);
  EXPECT_EQ(store.rows.count("2"), 0) << "the oldest";
  EXPECT_EQ(store.rows.count("3"), 1);
}

TEST(Reservations, OfAKeyWithoutBudgetCannotOverflow) {
  Store store;
  store.set_limits(kNow, {.version = 1, .rpm_limit = 1'000'000'000});
  for (int i = 0; i < 9'999; ++i) {
    store.admit(kNow, {.id = std::to_string(i % 3), .version = 1, .legs = {{.targets = {{.fixed = kNever}}}}});
    if (i % 3 == 2) store.rows.clear();  // As if they were other requests.
  }
  EXPECT_GT(store.state.reserved, 0);
  EXPECT_LT(store.state.reserved, kNever);
}

}  // namespace
}  // namespace onellm::keys
