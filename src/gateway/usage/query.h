// Reads the query of GET /v1/admin/usage and GET /v1/usage: a span of whole hours, and how the sums are grouped.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"

namespace onellm::gateway {

enum class UsageGroup : uint8_t { kHour, kDay, kKey, kModel, kProvider };
inline constexpr size_t kUsageGroupKinds = 5;
// "hour", "day" …: the name in queries and replies.
[[nodiscard]] std::string_view to_string(UsageGroup group);

struct UsageQuery {
  int64_t from_hour = 0;  // Since 1970.
  int64_t to_hour = 0;    // Not included.
  std::string key = {};   // The id of the only key whose usage is wanted; empty: all keys.

  // The groups in the order in which they were asked for, without repeats.
  [[nodiscard]] std::span<const UsageGroup> groups() const { return {groups_.data(), groups_count_}; }
  void add(UsageGroup group);

 private:
  std::array<UsageGroup, kUsageGroupKinds> groups_{};
  size_t groups_count_ = 0;
};

// Reads `from`, `to` and `group_by` of a query. Errors name the parameter.
//   from, to    dates, times with or without a zone (UTC), or seconds since 1970. A date alone as `to` is
//               included. The hours of both times are counted completely. Default: the last 30 days
//   group_by    names of UsageGroup, separated by commas. Default: "model"
// `key`: the key that asks for its own usage; empty: the usage of all keys is wanted. Then unknown names are ignored. A
// key may use only the three names, and may not group by key.
[[nodiscard]] Result<UsageQuery> read_usage_query(std::string_view query, std::string_view key, double now_ms);

}  // namespace onellm::gateway
