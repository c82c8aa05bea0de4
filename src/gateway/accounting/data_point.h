// The data point of a call for Analytics Engine. The order of the names is the order of the columns: it is
// fixed, documented in docs/analytics.md, and may only grow at its end.
// https://developers.cloudflare.com/analytics/analytics-engine/limits/
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/limits.h"
#include "gateway/accounting/call_record.h"

namespace onellm::gateway {

struct BlobColumn {
  std::string_view name;
  size_t bytes_max;  // What is longer is cut.
};

// blob1 … and what may stand there. index1 is the key's id.
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

// double1 …
inline constexpr std::string_view kDoubleColumns[] = {
    "status",        "total_ms",           "first_token_ms",   "prompt_tokens", "completion_tokens",
    "cached_tokens", "cache_write_tokens", "reasoning_tokens", "cost_usd",      "attempt",
    "legs",          "bytes_in",           "bytes_out",        "overhead_ms",   "web_searches",
};

inline constexpr size_t kIndexBytesMax = 96;
inline constexpr size_t kDataPointsMax = 250;  // Of one request.

// The point as the JSON that writeDataPoint() takes.
[[nodiscard]] std::string data_point(const CallRecord& call);

}  // namespace onellm::gateway
