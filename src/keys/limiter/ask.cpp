#include "keys/limiter/ask.h"

#include <algorithm>

#include "keys/amounts.h"

namespace onellm::keys {

namespace {

constexpr int64_t kParts = 4;  // A request that asked for no limit gets a quarter of what is free.

// The limit for each answer where none was asked for.
int64_t choose_output_tokens(const Ask& ask, const State& state) {
  const int64_t answers = times(kParts, std::max<int64_t>(1, ask.answers));
  int64_t limit = kKeyOutputTokensMax;
  if (state.limits.tpm_limit) limit = std::min(limit, left_in(state.tokens) / answers);
  PicoUsd dearest = 0;
  for (const LegCost& leg : ask.legs) {
    for (const TargetCost& target : leg.targets) dearest = std::max(dearest, target.per_output_token);
  }
  const std::optional<PicoUsd> free = free_money(state);
  if (free && dearest > 0) limit = std::min(limit, *free / times(answers, dearest));
  return std::min(std::max(limit, kKeyOutputTokensMin), std::max<int64_t>(1, ask.output_tokens_most));
}

PicoUsd money_for(const Ask& ask, int64_t output_tokens) {
  const int64_t tokens = times(std::max<int64_t>(1, ask.answers_per_leg), output_tokens);
  PicoUsd sum = 0;
  for (const LegCost& leg : ask.legs) {
    PicoUsd dearest = 0;
    for (const TargetCost& target : leg.targets) {
      dearest = std::max(dearest, plus(target.fixed, times(target.per_output_token, tokens)));
    }
    sum = plus(sum, dearest);
  }
  return sum;
}

}  // namespace

std::optional<PicoUsd> free_money(const State& state) {
  if (!state.limits.max_budget) return std::nullopt;
  return std::max<PicoUsd>(0, *state.limits.max_budget - plus(state.spent, state.reserved));
}

Reservation reservation_for(const Ask& ask, const State& state) {
  if (ask.kind == AskKind::kCount) return {};
  Reservation out{.tokens = std::min(ask.tokens, kTokensMax)};
  if (ask.chooses_output && (state.limits.max_budget || state.limits.tpm_limit)) {
    out.output_tokens = choose_output_tokens(ask, state);
    const int64_t all = times(std::max<int64_t>(1, ask.answers), *out.output_tokens);
    out.tokens = std::min(plus(out.tokens, all), kTokensMax);
  }
  out.money = money_for(ask, out.output_tokens.value_or(0));
  return out;
}

}  // namespace onellm::keys
