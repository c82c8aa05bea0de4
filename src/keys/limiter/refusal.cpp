#include "keys/limiter/refusal.h"

#include <algorithm>

#include "base/time/rfc3339.h"
#include "keys/window.h"

namespace onellm::keys {

namespace {

std::string number(int64_t value) { return std::to_string(value); }

std::string dollars(PicoUsd amount) { return "$" + prices::format_usd(std::max<PicoUsd>(0, amount)); }

// "3 s", "1.25 s".
std::string seconds(int64_t ms) {
  std::string text = number(ms / 1'000);
  if (ms % 1'000 == 0) return text + " s";
  const std::string fraction = number(1'000 + ms % 1'000);
  text.append(".").append(fraction, 1);
  text.erase(text.find_last_not_of('0') + 1);
  return text + " s";
}

PicoUsd budget(const State& state) { return state.limits.max_budget.value_or(0); }

}  // namespace

Refusal refuse_requests(const State& state, int64_t wait_ms) {
  return {.kind = RefusalKind::kRequests,
          .message = "This key may make " + number(state.limits.rpm_limit.value_or(0)) +
                     " requests a minute (rpm_limit), and none is left. The next one is possible in " +
                     seconds(wait_ms) + ".",
          .retry_after_ms = wait_ms};
}

Refusal refuse_tokens(const State& state, const Reservation& reservation, int64_t wait_ms) {
  return {.kind = RefusalKind::kTokens,
          .message = "This key may use " + number(state.limits.tpm_limit.value_or(0)) +
                     " tokens a minute (tpm_limit), and " + number(left_in(state.tokens)) +
                     " are left. This request needs " + number(reservation.tokens) + ", which are free in " +
                     seconds(wait_ms) + ".",
          .retry_after_ms = wait_ms};
}

Refusal refuse_too_many_tokens(const State& state, const Reservation& reservation) {
  return {.kind = RefusalKind::kTooManyTokens,
          .message = "This request needs " + number(reservation.tokens) + " tokens, and this key may use " +
                     number(state.limits.tpm_limit.value_or(0)) +
                     " tokens a minute (tpm_limit). Shorten the prompt or lower the output limit.",
          .should_retry = false};
}

Refusal refuse_parallel(const State& state) {
  const int64_t limit = std::min(state.limits.max_parallel_requests.value_or(kKeyOpenMax), kKeyOpenMax);
  return {.kind = RefusalKind::kParallel,
          .message = "This key may have " + number(limit) + " requests open at once (max_parallel_requests), and " +
                     number(state.open) + " are open. Try again when one of them has ended.",
          .retry_after_ms = kKeyParallelRetryMs};
}

Refusal refuse_reserved(const State& state, const Reservation& reservation) {
  return {.kind = RefusalKind::kReserved,
          .message = "Open requests reserve " + dollars(state.reserved) + " of the budget of this key, " +
                     dollars(budget(state)) + ", and " + dollars(state.spent) + " are spent. This request may cost " +
                     dollars(reservation.money) + ". Try again when some of them have ended.",
          .retry_after_ms = kKeyReservedRetryMs,
          .should_retry = true};
}

Refusal refuse_spent(const State& state, const Reservation& reservation, int64_t now_ms) {
  const Duration duration = read_duration(state.limits.budget_duration).value_or(Duration{});
  const int64_t end_ms = window_end(duration, state.limits.created_ms, state.window_start_ms);
  const bool is_soon = end_ms != kNever && end_ms - now_ms <= kKeyResetSoonMs;
  const std::string reset = end_ms == kNever ? "It never resets." : "It resets at " + format_rfc3339_ms(end_ms) + ".";
  return {.kind = RefusalKind::kSpent,
          .message = "The budget of this key is " + dollars(budget(state)) + ", and " +
                     dollars(budget(state) - state.spent) + " are left. This request may cost " +
                     dollars(reservation.money) + ". " + reset,
          .retry_after_ms = is_soon ? std::optional(end_ms - now_ms) : std::nullopt,
          .should_retry = false};
}

Error to_error(const Refusal& refusal) {
  Error error{.kind = ErrorKind::kKeyLimit, .message = refusal.message};
  switch (refusal.kind) {
    case RefusalKind::kRequests: error.param = "requests"; break;
    case RefusalKind::kTokens:
    case RefusalKind::kTooManyTokens: error.param = "tokens"; break;
    case RefusalKind::kParallel: error.param = "parallel"; break;
    case RefusalKind::kReserved: error.kind = ErrorKind::kBudgetReserved; break;
    case RefusalKind::kSpent:
      error.kind = ErrorKind::kBudgetSpent;
      error.fault = Fault::kNoMoney;
      break;
  }
  return error;
}

}  // namespace onellm::keys
