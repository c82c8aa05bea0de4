#include "keys/bucket.h"

#include <algorithm>

#include "base/limits.h"

namespace onellm::keys {

namespace {

constexpr int64_t kUnit = 60'000;
constexpr int64_t kLevelMin = -kTokensMax * kUnit;

int64_t divided_up(int64_t number, int64_t by) { return (number + by - 1) / by; }

}  // namespace

Bucket full_bucket(int64_t limit, int64_t now_ms) { return {.level = limit * kUnit, .at_ms = now_ms}; }

void refill(Bucket& bucket, int64_t limit, int64_t now_ms) {
  const int64_t passed_ms = now_ms - bucket.at_ms;
  bucket.at_ms = now_ms;
  if (passed_ms <= 0) return;
  const bool is_full = passed_ms >= full_after_ms(bucket, limit);  // Else the product below fits.
  bucket.level = is_full ? limit * kUnit : bucket.level + passed_ms * limit;
}

int64_t full_after_ms(const Bucket& bucket, int64_t limit) { return wait_ms(bucket, limit, limit); }

int64_t wait_ms(const Bucket& bucket, int64_t limit, int64_t amount) {
  const int64_t missing = amount * kUnit - bucket.level;
  return missing <= 0 ? 0 : divided_up(missing, limit);
}

void take(Bucket& bucket, int64_t limit, int64_t amount) {
  bucket.level = std::clamp(bucket.level - amount * kUnit, kLevelMin, limit * kUnit);
}

void change_limit(Bucket& bucket, int64_t old_limit, int64_t new_limit) {
  const int64_t level = bucket.level + (new_limit - old_limit) * kUnit;
  bucket.level = std::clamp(level, std::min(bucket.level, int64_t{0}), new_limit * kUnit);
}

int64_t left_in(const Bucket& bucket) { return std::max<int64_t>(0, bucket.level) / kUnit; }

}  // namespace onellm::keys
