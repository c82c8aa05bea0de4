// Sums and products of amounts that stay at the largest number instead of overflowing. So a reservation is never too
// small.
#pragma once

#include <cstdint>
#include <limits>

namespace onellm::keys {

// These require amounts that are not negative, except for the second one of plus().
[[nodiscard]] inline int64_t plus(int64_t a, int64_t b) {
  int64_t sum = 0;
  return __builtin_add_overflow(a, b, &sum) ? std::numeric_limits<int64_t>::max() : sum;
}
[[nodiscard]] inline int64_t times(int64_t a, int64_t b) {
  int64_t product = 0;
  return __builtin_mul_overflow(a, b, &product) ? std::numeric_limits<int64_t>::max() : product;
}

}  // namespace onellm::keys
