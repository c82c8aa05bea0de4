// What GET /v1/admin/usage is asked for: a time, in whole hours, and by what the sums are told apart.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "base/result.h"

namespace onellm::gateway {

enum class UsageGroup : uint8_t { kHour, kDay, kKey, kModel, kProvider };
inline constexpr size_t kUsageGroupKinds = 5;
// "hour", "day" …: as the client writes it and reads it.
[[nodiscard]] std::string_view to_string(UsageGroup group);

struct UsageQuery {
  int64_t from_hour = 0;  // Since 1970.
  int64_t to_hour = 0;    // Not included.

  // In the order in which they were asked for, each once.
  [[nodiscard]] std::span<const UsageGroup> groups() const { return {groups_.data(), groups_count_}; }
  void add(UsageGroup group);

 private:
  std::array<UsageGroup, kUsageGroupKinds> groups_{};
  size_t groups_count_ = 0;
};

// Reads `from`, `to` and `group_by` of a query. Errors name the parameter.
//   from, to    dates, times with or without a zone (UTC), or seconds since 1970. A date alone as `to` is
//               included. The hours that they lie in are counted whole. The last 30 days unless they are given
//   group_by    names of UsageGroup with commas between; "model" unless it is given
[[nodiscard]] Result<UsageQuery> read_usage_query(std::string_view query, double now_ms);

}  // namespace onellm::gateway
