#include "gateway/usage/latencies.h"

#include <algorithm>
#include <cmath>

namespace onellm::gateway {

namespace {

// Where each bucket ends: round(10 * 2^(i/2)).
constexpr std::array<int64_t, kLatencyBuckets> kEndsMs = {
    10,     14,     20,     28,     40,     57,      80,      113,     160,     226,    320,
    453,    640,    905,    1'280,  1'810,  2'560,   3'620,   5'120,   7'241,   10'240, 14'482,
    20'480, 28'963, 40'960, 57'926, 81'920, 115'852, 163'840, 231'705, 327'680, 463'410};

}  // namespace

void Latencies::add(int64_t ms) { ++counts[latency_bucket(ms)]; }

bool Latencies::has_any() const {
  return std::any_of(counts.begin(), counts.end(), [](int64_t count) { return count > 0; });
}

size_t latency_bucket(int64_t ms) {
  const auto end = std::lower_bound(kEndsMs.begin(), kEndsMs.end() - 1, ms);
  return static_cast<size_t>(end - kEndsMs.begin());
}

// Sums of counts may be larger than 64 bits hold, so they are added as doubles.
std::optional<int64_t> percentile_ms(const Latencies& latencies, double percent) {
  double all = 0;
  for (const int64_t count : latencies.counts) all += static_cast<double>(std::max<int64_t>(count, 0));
  if (all <= 0) return std::nullopt;
  const double wanted = all * percent / 100;
  double before = 0;
  for (size_t bucket = 0; bucket < kLatencyBuckets; ++bucket) {
    const auto count = static_cast<double>(std::max<int64_t>(latencies.counts[bucket], 0));
    if (count > 0 && before + count >= wanted) {
      const auto begin = static_cast<double>(bucket == 0 ? 0 : kEndsMs[bucket - 1]);
      const double share = std::clamp((wanted - before) / count, 0.0, 1.0);
      return std::llround(begin + share * (static_cast<double>(kEndsMs[bucket]) - begin));
    }
    before += count;
  }
  return kEndsMs.back();  // Only if rounding left a little over.
}

}  // namespace onellm::gateway
