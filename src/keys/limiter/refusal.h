// Why the limiter refuses a request, in words and as an Error.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/error.h"
#include "keys/limiter/ask.h"
#include "keys/limiter/state.h"

namespace onellm::keys {

enum class RefusalKind : uint8_t {
  kRequests,       // rpm_limit is used up for now.
  kTokens,         // tpm_limit is used up for now.
  kTooManyTokens,  // The request needs more than the whole tpm_limit.
  kParallel,       // max_parallel_requests are open.
  kReserved,       // The request would fit if open requests ended.
  kSpent,          // The request does not fit into what is left of the budget.
};
inline constexpr std::string_view kRefusalNames[] = {"requests", "tokens",   "too_many_tokens",
                                                     "parallel", "reserved", "spent"};

struct Refusal {
  RefusalKind kind = RefusalKind::kRequests;
  std::string message = {};                    // Which limit, what is left, when it resets.
  std::optional<int64_t> retry_after_ms = {};  // Exact where it can be known. Nothing: no `retry-after`.
  std::optional<bool> should_retry = {};       // `x-should-retry`, if it is to be written.

  template <typename Visit, typename Self>
  static void visit_members(Visit& visit, Self& self) {
    visit.word("kind", self.kind, kRefusalNames);
    visit.text("message", self.message);
    visit.number("retry_after_ms", self.retry_after_ms);
    visit.flag("should_retry", self.should_retry);
  }
};

// These describe a refusal of `reservation` in a state that is refilled up to now. `wait_ms`: until there is enough.
[[nodiscard]] Refusal refuse_requests(const State& state, int64_t wait_ms);
[[nodiscard]] Refusal refuse_tokens(const State& state, const Reservation& reservation, int64_t wait_ms);
[[nodiscard]] Refusal refuse_too_many_tokens(const State& state, const Reservation& reservation);
[[nodiscard]] Refusal refuse_parallel(const State& state);
[[nodiscard]] Refusal refuse_reserved(const State& state, const Reservation& reservation);
[[nodiscard]] Refusal refuse_spent(const State& state, const Reservation& reservation, int64_t now_ms);

// The refusal in the terms of a dialect: kKeyLimit with the param `requests`, `tokens` or `parallel`, kBudgetReserved,
// or kBudgetSpent.
[[nodiscard]] Error to_error(const Refusal& refusal);

}  // namespace onellm::keys
