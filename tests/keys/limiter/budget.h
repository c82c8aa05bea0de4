// What tests of a key's limits share: the time, the limits, and a store that has them.
#pragma once

#include <cstdint>
#include <string>

#include "base/time/calendar.h"
#include "keys/limiter/limiter.h"
#include "keys/limiter/store.h"

namespace onellm::keys {

inline constexpr int64_t kNow = 1'796'040'000'000;  // 2026-11-30T12:00:00Z
inline constexpr int64_t kHour = kNow / kHourMs;
inline constexpr PicoUsd kCent = 10'000'000'000;

inline constexpr PicoUsd kDollar = 100 * kCent;

inline Limits limits_with(PicoUsd budget, const char* duration, int64_t version = 1) {
  return {.version = version,
          .max_budget = budget,
          .budget_duration = duration,
          .created_ms = kNow,
          .spend = {.version = 1, .window_start_ms = kNow}};
}

// A store with these limits, since now.
inline Store store_with(Limits limits) {
  limits.version = limits.spend.version = 1;
  limits.created_ms = limits.spend.window_start_ms = kNow;
  Store store;
  store.set_limits(kNow, limits);
  return store;
}

inline Store store_with(PicoUsd budget, const char* duration = "") {
  Store store;
  store.set_limits(kNow, limits_with(budget, duration));
  return store;
}

inline Verdict admit(Store& store, int64_t now_ms, const std::string& id, PicoUsd money, int64_t version = 1) {
  return store.admit(now_ms, {.id = id, .version = version, .legs = {{.targets = {{.fixed = money}}}}}).verdict;
}

}  // namespace onellm::keys
