// The admission of a request: all limits at once, or nothing is taken.
#include <algorithm>

#include "keys/amounts.h"
#include "keys/limiter/limiter.h"

namespace onellm::keys {

namespace {

// Of one request of a key without a budget: $500. kKeyOpenMax of them and the largest budget fit into PicoUsd.
constexpr PicoUsd kUnbudgetedMoneyMax = 500'000'000'000'000;

RateStanding standing_of(const Bucket& bucket, int64_t limit) {
  return {.limit = limit, .remaining = left_in(bucket), .reset_ms = full_after_ms(bucket, limit)};
}

}  // namespace

Admission Limiter::admit(const Ask& ask) {
  Admission admission{.version = state_.limits.version};
  const auto with = [&](Verdict verdict) {
    admission.verdict = verdict;
    return std::move(admission);
  };
  const int64_t known = state_.limits.version;
  if (known == 0 || ask.version > known) return with(Verdict::kUnknown);
  if (ask.version < known || state_.limits.is_deleted) return with(Verdict::kStale);
  Held* held = ask.kind == AskKind::kCount ? nullptr : find(ask.id);
  const bool is_open = held != nullptr && held->row.phase == Phase::kOpen;
  if (ask.kind == AskKind::kFurther ? !is_open : held != nullptr) return with(Verdict::kVoid);

  refill_buckets();
  const Reservation wanted = reservation_for(ask, state_);
  admission.refusal = refuse(ask, wanted, is_open ? held->row.money : 0);
  if (admission.refusal) {
    stand(admission);
    return with(Verdict::kRefused);
  }
  const bool is_counted = ask.kind != AskKind::kFurther && state_.limits.rpm_limit;
  if (is_counted) take(state_.requests, *state_.limits.rpm_limit, 1);
  if (ask.kind == AskKind::kRequest) {
    held_.push_back({.row = {.id = ask.id}});
    held = &held_.back();
    ++state_.open;
  }
  if (held != nullptr) reserve(*held, wanted);
  admission.output_tokens = wanted.output_tokens;
  stand(admission);
  return with(Verdict::kAdmitted);
}

// Adds to what the request has reserved, and renews its lease.
void Limiter::reserve(Held& held, const Reservation& wanted) {
  Row& row = held.row;
  const PicoUsd money = plus(row.money, wanted.money);
  // A budget bounds the sum of all reservations. Without one each is bounded, so that the sum cannot overflow.
  const PicoUsd most = state_.limits.max_budget ? money : std::max(row.money, kUnbudgetedMoneyMax);
  const PicoUsd added = std::min(money, most) - row.money;
  row.money += added;
  state_.reserved = plus(state_.reserved, added);
  if (state_.limits.tpm_limit) {
    take(state_.tokens, *state_.limits.tpm_limit, wanted.tokens);
    row.tokens = std::min(plus(row.tokens, wanted.tokens), kTokensMax);
  }
  row.due_ms = now_ms_ + kKeyLeaseMs;
  held.is_changed = true;
  wish_to_wake(row.due_ms);
}

// Why the request is not admitted, in the order in which a client can do something about it. `own`: what the request
// has reserved before.
std::optional<Refusal> Limiter::refuse(const Ask& ask, const Reservation& wanted, PicoUsd own) const {
  const Limits& limits = state_.limits;
  if (limits.rpm_limit && ask.kind != AskKind::kFurther) {
    const int64_t wait = wait_ms(state_.requests, *limits.rpm_limit, 1);
    if (wait > 0) return refuse_requests(state_, wait);
  }
  if (ask.kind == AskKind::kCount) return std::nullopt;
  if (limits.tpm_limit) {
    if (wanted.tokens > *limits.tpm_limit) return refuse_too_many_tokens(state_, wanted);
    const int64_t wait = wait_ms(state_.tokens, *limits.tpm_limit, wanted.tokens);
    if (wait > 0) return refuse_tokens(state_, wanted, wait);
  }
  const int64_t open_max = std::min(limits.max_parallel_requests.value_or(kKeyOpenMax), kKeyOpenMax);
  if (ask.kind == AskKind::kRequest && state_.open >= open_max) return refuse_parallel(state_);
  if (!limits.max_budget) return std::nullopt;
  if (plus(plus(state_.spent, own), wanted.money) > *limits.max_budget) return refuse_spent(state_, wanted, now_ms_);
  if (plus(plus(state_.spent, state_.reserved), wanted.money) > *limits.max_budget) {
    return refuse_reserved(state_, wanted);
  }
  return std::nullopt;
}

void Limiter::stand(Admission& admission) const {
  const Limits& limits = state_.limits;
  if (limits.rpm_limit) admission.requests = standing_of(state_.requests, *limits.rpm_limit);
  if (limits.tpm_limit) admission.tokens = standing_of(state_.tokens, *limits.tpm_limit);
  admission.remaining = free_money(state_);
}

}  // namespace onellm::keys
