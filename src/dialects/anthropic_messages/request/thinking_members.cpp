// What follows from a plan of thinking: later changes of it, and the members of the request.
#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>

#include "dialects/anthropic_messages/request/thinking_plan.h"
#include "dialects/common/request/left_out.h"
#include "dialects/common/request/raw_values.h"

namespace onellm::dialects::anthropic_messages {

namespace {

using models::Effort;
using models::ThinkingOff;

constexpr int64_t kOutputTokensDefault = 4096;  // Used if neither the client nor the model's row has a limit.

int64_t most_tokens(const RequestDraft& draft) {
  const int64_t most = draft.rules.output_tokens_max > 0 ? draft.rules.output_tokens_max : INT64_MAX;
  return draft.options.output_limit > 0 ? std::min(most, draft.options.output_limit) : most;
}

}  // namespace

void go_without(ThinkingPlan& plan, RequestDraft& draft) {
  if (!plan.parameter.empty()) draft.drops.add(plan.parameter);
  plan = {};
}

bool keep_from_thinking(ThinkingPlan& plan, const RequestDraft& draft) {
  const bool is_unasked = plan.setting == ThinkingSetting::kUnsaid || plan.parameter.empty();
  if (!is_unasked || draft.rules.thinking_off != ThinkingOff::kDisabled) return false;
  const std::optional<Effort> effort = models::find_effort({plan.effort});
  if (effort && *effort > draft.rules.off_effort_most) return false;
  plan.setting = ThinkingSetting::kDisabled;
  plan.own_members.clear();
  plan.thinks = false;
  return true;
}

// https://platform.claude.com/docs/en/build-with-claude/extended-thinking#prefix-checks
void let_blocks_be_dropped(ThinkingPlan& plan, RequestDraft& draft) {
  constexpr std::string_view kBlockBinding = "block_binding";
  constexpr std::string_view kDropBlock = R"({"prefix_mismatch_behavior":"drop_block"})";
  constexpr std::string_view kBeta = "thinking-binding-controls-2026-08-01";
  const bool is_own = plan.own_members.find(kBlockBinding) != std::string::npos ||
                      plan.given.text.find(kBlockBinding) != std::string_view::npos;
  if (is_own) return draft.need_beta(kBeta);  // The client set it itself.
  if (draft.is_own()) return;                 // Or knows that it may.
  const bool has_place = plan.setting != ThinkingSetting::kGiven && plan.setting != ThinkingSetting::kDisabled;
  if (!draft.sends_thoughts || !draft.rules.binds_thoughts || !has_place) return;
  if (is_left_out(draft.options, "thinking.block_binding")) return draft.drops.add("thinking.block_binding");
  if (plan.setting == ThinkingSetting::kUnsaid) plan.setting = ThinkingSetting::kAdaptive;  // The model's default.
  json::append_member(plan.own_members, {kBlockBinding}, {kDropBlock});
  draft.need_beta(kBeta);
}

int64_t output_tokens(const ThinkingPlan& plan, const RequestDraft& draft) {
  const int64_t most = most_tokens(draft);
  json::Raw asked = draft.request.parameter("max_completion_tokens");
  if (asked.empty()) asked = draft.request.parameter("max_tokens");
  if (asked.empty()) return most == INT64_MAX ? kOutputTokensDefault : most;
  const int64_t tokens = std::min(most, integer_of(asked));
  const int64_t room = most - tokens;
  return tokens + (plan.is_budget_on_top ? std::min(room, plan.budget_tokens) : 0);
}

void write_thinking(const ThinkingPlan& plan, const RequestDraft& draft, json::ObjectWriter& body) {
  const int64_t tokens = output_tokens(plan, draft);
  body.add("max_tokens", tokens);
  std::string_view type;
  switch (plan.setting) {
    case ThinkingSetting::kUnsaid: return;
    case ThinkingSetting::kGiven: return body.add("thinking", plan.given);
    case ThinkingSetting::kAdaptive: type = "adaptive"; break;
    case ThinkingSetting::kDisabled: type = "disabled"; break;
    case ThinkingSetting::kBetweenTools: type = "between_tools"; break;
    case ThinkingSetting::kBudget: type = "enabled"; break;
  }
  json::ObjectWriter thinking(body.begin("thinking"));
  thinking.add_plain("type", type);
  if (plan.setting == ThinkingSetting::kBudget) {
    thinking.add("budget_tokens", std::clamp(plan.budget_tokens, kThinkingBudgetMin, tokens - 1));
  }
  if (!plan.own_members.empty()) thinking.add(json::RawMembers{plan.own_members});
}

}  // namespace onellm::dialects::anthropic_messages
