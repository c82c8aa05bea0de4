// Times to the first content, counted in buckets on a logarithmic scale, and their percentiles. Counts of several times
// add up, while percentiles do not.
//
// Rule: the bounds stand here alone; the ledger's object only adds counts. They must never change, since the object
// keeps counts for a year.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

namespace onellm::gateway {

inline constexpr size_t kLatencyBuckets = 32;

struct Latencies {
  std::array<int64_t, kLatencyBuckets> counts{};

  void add(int64_t ms);
  // False if nothing was counted.
  [[nodiscard]] bool has_any() const;
};

// The bucket of a time. Bucket i ends at round(10 ms * 2^(i/2)), which belongs to it; the last one has no end.
[[nodiscard]] size_t latency_bucket(int64_t ms);

// The time that `percent` of all counted ones do not exceed, in ms: within a bucket they count as spread evenly. The
// last bucket counts as if it ended where the scale goes on. Nothing: nothing was counted.
[[nodiscard]] std::optional<int64_t> percentile_ms(const Latencies& latencies, double percent);

}  // namespace onellm::gateway
