// A token bucket: a limit for a minute, full at first and refilled continuously.
//
// The level counts sixty-thousandths of a unit: one millisecond refills `limit` of them. So there is no rounding, and
// waits are exact.
//
// Rule: a limit is 1 to kKeyLimitMax. An amount is 0 to kTokensMax.
#pragma once

#include <cstdint>
#include <optional>

namespace onellm::keys {

struct Bucket {
  int64_t level = 0;  // In sixty-thousandths. Below zero after a request that used more than it had reserved.
  int64_t at_ms = 0;  // The time for which the level holds.
  bool operator==(const Bucket&) const = default;

  template <typename Visit, typename Self>
  static void visit_members(Visit& visit, Self& self) {
    visit.number("level", self.level);
    visit.number("at_ms", self.at_ms);
  }
};

[[nodiscard]] Bucket full_bucket(int64_t limit, int64_t now_ms);

// Refills the bucket up to now. If the clock went back, nothing is refilled for that time.
void refill(Bucket& bucket, int64_t limit, int64_t now_ms);

// Milliseconds until the bucket is full, rounded up.
[[nodiscard]] int64_t full_after_ms(const Bucket& bucket, int64_t limit);

// Milliseconds until the bucket has `amount`, rounded up; 0: it has. Requires amount <= limit.
[[nodiscard]] int64_t wait_ms(const Bucket& bucket, int64_t limit, int64_t amount);

// Takes `amount`, or gives it back if it is negative. The level may become negative, but never higher than full.
void take(Bucket& bucket, int64_t limit, int64_t amount);

// Another limit: what has been used stays used, but nobody owes more than before.
void change_limit(Bucket& bucket, int64_t old_limit, int64_t new_limit);

// Whole units that are left; 0 if the level is negative.
[[nodiscard]] int64_t left_in(const Bucket& bucket);

}  // namespace onellm::keys
