// The table of sums over calls, with their names in the ledger and in GET /v1/admin/usage.
//
// Rule: The ledger's rows, its object (worker/objects/ledger/ledger.js), the SQL for Analytics Engine and the replies
// all follow this table.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace onellm::gateway {

enum class Sum : uint8_t {
  kRequests,   // Requests of clients. Each is counted once, with one of its calls.
  kCalls,      // Calls of an upstream, including retries and every model of a request.
  kErrors,     // Calls that failed.
  kRefused,    // Requests that the gateway refused.
  kCancelled,  // Calls that ended because the client left or another model won.
  kPromptTokens,
  kCompletionTokens,
  kCachedTokens,
  kCacheWriteTokens,
  kReasoningTokens,
  kWebSearches,
  kCostPicoUsd,     // The cost of all calls whose cost is known.
  kUnpricedCalls,   // Calls with usage whose price is unknown.
  kEstimatedCalls,  // Calls whose usage was not fully reported.
  kTotalMs,
};

inline constexpr size_t kSumsCount = 15;

inline constexpr std::array<std::string_view, kSumsCount> kSumNames = {
    "requests",          "calls",           "errors",
    "refused",           "cancelled",       "prompt_tokens",
    "completion_tokens", "cached_tokens",   "cache_write_tokens",
    "reasoning_tokens",  "web_searches",    "cost_pico_usd",
    "unpriced_calls",    "estimated_calls", "total_ms"};

struct UsageSums {
  std::array<int64_t, kSumsCount> values{};

  [[nodiscard]] int64_t& operator[](Sum sum) { return values[static_cast<size_t>(sum)]; }
  [[nodiscard]] int64_t operator[](Sum sum) const { return values[static_cast<size_t>(sum)]; }

  // Adds to a sum. A sum that would overflow stays at the largest number.
  void add(Sum sum, int64_t amount) {
    int64_t& value = (*this)[sum];
    if (__builtin_add_overflow(value, amount, &value)) value = INT64_MAX;
  }
  void add(const UsageSums& other) {
    for (size_t i = 0; i < kSumsCount; ++i) add(static_cast<Sum>(i), other.values[i]);
  }
};

}  // namespace onellm::gateway
