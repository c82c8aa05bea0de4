// The data point of a call for Analytics Engine. https://developers.cloudflare.com/analytics/analytics-engine/limits/
//
// Rule: The order of the names is the order of the columns. It is fixed and documented in docs/analytics.md. New
// columns are added only at the end.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/limits.h"
#include "gateway/accounting/call_record.h"

namespace onellm::gateway {

struct BlobColumn {
  std::string_view name;
  size_t bytes_max;  // A longer value is cut.
};

// The columns blob1, blob2 …, and the longest value of each. index1 is the key's id.
inline constexpr BlobColumn kBlobColumns[] = {
    {"request_id", 64},
    {"key_name", 256},
    {"model_asked", kModelNotedBytesMax},
    {"model_served", kModelNotedBytesMax},
    {"provider", 128},
    {"resource", 128},
    {"route", 64},
    {"outcome", 32},
    {"error_code", 64},
    {"merge", 32},
    {"country", 8},
    {"colo", 8},
    {"usage", 16},
    {"price_known", 8},
    {"first", 8},
};

// The columns double1, double2 …
inline constexpr std::string_view kDoubleColumns[] = {
    "status",        "total_ms",           "first_token_ms",   "prompt_tokens", "completion_tokens",
    "cached_tokens", "cache_write_tokens", "reasoning_tokens", "cost_usd",      "attempt",
    "legs",          "bytes_in",           "bytes_out",        "overhead_ms",   "web_searches",
};

inline constexpr size_t kIndexBytesMax = 96;
inline constexpr size_t kDataPointsMax = 250;  // For one request.

// The point as JSON for writeDataPoint().
[[nodiscard]] std::string data_point(const CallRecord& call);

}  // namespace onellm::gateway
