// Limiter: reports to the registry, alarms, spend by hour.
#include <gtest/gtest.h>

#include "base/time/calendar.h"
#include "keys/flat.h"
#include "keys/limiter/budget.h"
#include "keys/limiter/limiter.h"
#include "keys/limiter/store.h"
#include "keys/window.h"

namespace onellm::keys {
namespace {

TEST(Report, IsMadeAtMostEveryTenSeconds) {
  Store store = store_with(kCent);
  EXPECT_EQ(admit(store, kNow, "a", 10), Verdict::kAdmitted);
  EXPECT_EQ(store.alarm_ms, kNow + kKeyLeaseMs) << "for the lease";
  store.settle(kNow + 50, "a", 5);
  EXPECT_EQ(store.alarm_ms, kNow + 50) << "the first report comes at once";
  std::optional<Spend> report = store.wake(kNow + 51);
  ASSERT_TRUE(report);
  EXPECT_EQ(to_json(*report), to_json(Spend{.version = 1, .amount = 5, .window_start_ms = kNow}));
  EXPECT_EQ(store.alarm_ms, kNow + 51 + kKeyReportMs) << "if this report does not arrive";
  EXPECT_EQ(admit(store, kNow + 60, "b", 10), Verdict::kAdmitted);
  store.settle(kNow + 70, "b", 7);
  store.call(kNow + 80, "", [&](Limiter& limiter) { return limiter.reported(*report), 0; });
  EXPECT_EQ(store.state.wake_ms, kNow + 51 + kKeyReportMs);
  report = store.wake(kNow + 51 + kKeyReportMs);
  ASSERT_TRUE(report);
  EXPECT_EQ(report->amount, 12);
  store.call(kNow + 20'000, "", [&](Limiter& limiter) { return limiter.reported(*report), 0; });
  EXPECT_EQ(store.wake(kNow + 30'000), std::nullopt);
  EXPECT_EQ(store.state.wake_ms, 0) << "nothing is open, nothing is to be reported";
}

TEST(Report, IsRepeatedUntilItArrives) {
  Store store = store_with(kCent);
  EXPECT_EQ(admit(store, kNow, "a", 10), Verdict::kAdmitted);
  store.settle(kNow, "a", 5);
  int64_t now_ms = kNow;
  for (int i = 0; i < 20; ++i) {
    ASSERT_TRUE(store.wake(now_ms));
    EXPECT_EQ(store.alarm_ms, now_ms + kKeyReportMs);
    now_ms = store.alarm_ms;
  }
}

TEST(Alarm, IsSetAgainIfItWasLost) {
  Store store = store_with(kCent);
  EXPECT_EQ(admit(store, kNow, "a", 10), Verdict::kAdmitted);
  store.settle(kNow, "a", 5);
  store.alarm_ms = 0;
  store.touch(kNow + 60'000);
  EXPECT_EQ(store.alarm_ms, 0);
  store.touch(kNow + 60'001);
  EXPECT_EQ(store.alarm_ms, kNow + 60'001);
}

TEST(Hours, AreKeptForFourHundredDays) {
  Store store = store_with(kCent);
  for (const int64_t day : {0, 399, 400}) {
    const std::string id = std::to_string(day);
    EXPECT_EQ(admit(store, kNow + day * kDayMs, id, 10), Verdict::kAdmitted);
    store.settle(kNow + day * kDayMs, id, 5);
  }
  EXPECT_EQ(store.hours, (std::map<int64_t, PicoUsd>{{kHour + 399 * 24, 5}, {kHour + 400 * 24, 5}}));
  EXPECT_EQ(store.state.total, 15);
}

}  // namespace
}  // namespace onellm::keys
