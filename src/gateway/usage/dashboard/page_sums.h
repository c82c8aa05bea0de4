// The table of further sums over calls, which the dashboard alone shows, with their names in the ledger.
//
// Rule: GET /v1/admin/usage without a view, and the SQL for Analytics Engine, have the sums of sums.h and none of
// these.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace onellm::gateway {

enum class PageSum : uint8_t {
  kCacheSavedPicoUsd,    // What calls would have cost more without the provider's cache. May be less than 0.
  kTimedTokens,          // Completion tokens of calls whose kTimedMs is known, and
  kTimedMs,              // the time from their first content to their end.
  kTogetherCalls,        // How often a model was asked in a request with several models,
  kTogetherFirst,        // gave the first content of all,
  kTogetherFailed,       // or failed there,
  kTogetherCostPicoUsd,  // and what all its calls in such requests cost.
};

inline constexpr size_t kPageSumsCount = 7;

inline constexpr std::array<std::string_view, kPageSumsCount> kPageSumNames = {
    "cache_saved_pico_usd", "timed_tokens",          "timed_ms", "together_calls", "together_first",
    "together_failed",      "together_cost_pico_usd"};

struct PageSums {
  std::array<int64_t, kPageSumsCount> values{};

  [[nodiscard]] int64_t& operator[](PageSum sum) { return values[static_cast<size_t>(sum)]; }
  [[nodiscard]] int64_t operator[](PageSum sum) const { return values[static_cast<size_t>(sum)]; }

  // Adds to a sum. A sum that would overflow stays at the largest or smallest number.
  void add(PageSum sum, int64_t amount) {
    int64_t& value = (*this)[sum];
    if (__builtin_add_overflow(value, amount, &value)) value = amount < 0 ? -INT64_MAX : INT64_MAX;
  }
};

}  // namespace onellm::gateway
