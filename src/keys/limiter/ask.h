// What a request asks of the limiter, and how much that reserves.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/limits.h"
#include "keys/limiter/state.h"

namespace onellm::keys {

enum class AskKind : uint8_t {
  kRequest,  // A request before its first call.
  kFurther,  // One more paid call of a request that was admitted: takes none of rpm_limit, and no lease.
  kCount,    // A request that counts tokens: takes one of rpm_limit and nothing else. It is not settled.
};
inline constexpr std::string_view kAskKindNames[] = {"request", "further", "count"};

// The cost of one target of a leg (keys/estimate.h).
struct TargetCost {
  PicoUsd fixed = 0;             // All but the output that the limiter limits.
  PicoUsd per_output_token = 0;  // One token of one answer.

  template <typename Visit, typename Self>
  static void visit_members(Visit& visit, Self& self) {
    visit.money("fixed", self.fixed);
    visit.money("per_output_token", self.per_output_token);
  }
};

struct LegCost {
  std::vector<TargetCost> targets = {};  // The target and its fallbacks: the dearest counts.

  template <typename Visit, typename Self>
  static void visit_members(Visit& visit, Self& self) {
    visit.objects("targets", self.targets);
  }
};

struct Ask {
  AskKind kind = AskKind::kRequest;
  std::string id = {};             // Of the request.
  int64_t version = 0;             // Of the record that the caller knows.
  std::vector<LegCost> legs = {};  // May be empty if the key has no budget.
  int64_t tokens = 0;              // Of all legs: the prompt, and the output if its limit is known.
  // No output limit was asked for: the limiter chooses one if the key has max_budget or tpm_limit.
  bool chooses_output = false;
  int64_t answers_per_leg = 1;                       // `n`.
  int64_t answers = 1;                               // Of all legs together.
  int64_t output_tokens_most = kKeyOutputTokensMax;  // The most that all its models can write.

  template <typename Visit, typename Self>
  static void visit_members(Visit& visit, Self& self) {
    visit.word("kind", self.kind, kAskKindNames);
    visit.text("id", self.id);
    visit.number("version", self.version);
    visit.objects("legs", self.legs);
    visit.number("tokens", self.tokens);
    visit.flag("chooses_output", self.chooses_output);
    visit.number("answers_per_leg", self.answers_per_leg);
    visit.number("answers", self.answers);
    visit.number("output_tokens_most", self.output_tokens_most);
  }
};

// Budget that is neither spent nor reserved; 0 if more is. Nothing: there is no budget.
[[nodiscard]] std::optional<PicoUsd> free_money(const State& state);

struct Reservation {
  PicoUsd money = 0;
  int64_t tokens = 0;
  std::optional<int64_t> output_tokens = {};  // The limit that the limiter chose for each answer.
};

// What the request reserves in this state, whether it is free or not. The bucket of tokens must be refilled.
[[nodiscard]] Reservation reservation_for(const Ask& ask, const State& state);

}  // namespace onellm::keys
