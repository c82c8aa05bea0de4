// The most that a call of one target may cost, from its encoded body.
#pragma once

#include <cstdint>
#include <optional>

#include "base/error.h"
#include "base/result.h"
#include "dialects/common/request_facts/cost_facts.h"
#include "gateway/keys/spend/reserve.h"
#include "keys/estimate.h"
#include "keys/limiter/ask.h"
#include "models/contract.h"
#include "routing/model_spec.h"

namespace onellm::gateway {

struct AttemptCost {
  keys::TargetCost price = {};
  keys::PicoUsd per_prompt_token = 0;
  int64_t prompt_tokens = 0;        // With a margin,
  int64_t plain_prompt_tokens = 0;  // and without.
  bool may_reason = false;
  std::optional<int64_t> output_tokens = {};  // Of all answers together; nothing: the limiter chooses a limit.
  int64_t answers = 1;
  int64_t output_tokens_most = 0;  // The most that the model can write in one answer; 0: unknown.

  // `chosen`: the limit that the limiter chose for each answer.
  [[nodiscard]] Reserve reserve(int64_t chosen) const;
};

struct CostQuestion {
  const routing::Target& target;
  const models::Contract& contract;
  int64_t prompt_tokens = 0;    // As estimated, without a margin.
  bool asks_for_limit = false;  // The client's request has an output limit, or the body cannot have one.
  bool has_budget = false;      // The key has one: then everything must have a price.
  double now_ms = 0;
  const prices::Overrides* prices = nullptr;
};

// Errors: kModelNotPriced, kBadRequest (an output limit that is wrong; `param` has the provider's name for it).
[[nodiscard]] Result<AttemptCost> cost_of_attempt(const dialects::CostFacts& facts, const CostQuestion& question);

}  // namespace onellm::gateway
