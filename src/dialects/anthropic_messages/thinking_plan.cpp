#include "dialects/anthropic_messages/thinking_plan.h"

#include <algorithm>

#include "dialects/raw_values.h"

namespace onellm::dialects::anthropic {

namespace {

using models::ThinkingForm;
using models::ThinkingOff;

constexpr int64_t kBudgetTokensMin = 1024;

struct EffortRow {
  std::string_view word;  // OpenAI's.
  std::string_view effort;
  int64_t budget_tokens;
};
constexpr EffortRow kEfforts[] = {
    {"minimal", "low", 1'024}, {"low", "low", 2'048},      {"medium", "medium", 8'192},
    {"high", "high", 16'384},  {"xhigh", "xhigh", 32'768}, {"max", "max", 49'152},
};
constexpr json::RawString kLowestEffort{"low"};

const EffortRow* find_effort(json::RawString word) {
  for (const EffortRow& row : kEfforts) {
    if (json::key_is(word, row.word)) return &row;
  }
  return nullptr;
}

ThinkingPlan plan_as_given(json::Raw given) {
  ThinkingPlan plan;
  plan.setting = ThinkingSetting::kGiven;
  plan.given = given;
  plan.parameter = "thinking";
  read_raw(given, [&plan](json::Value& value) {
    value.each_member([&plan](json::RawString key, json::Value& member) {
      json::RawString type;
      if (!json::key_is(key, "type") || !member.read(type)) return;
      plan.thinks = !json::key_is(type, "disabled");
      plan.by_budget = json::key_is(type, "enabled");
    });
  });
  return plan;
}

// A word that we do not know is left to the model to judge: there are more every year.
json::RawString effort_of(const EffortRow* row, json::RawString word, const models::Contract& rules) {
  if (row == nullptr) return word;
  if (row->effort == "xhigh" && !rules.efforts.has(models::Effort::kXhigh)) return {"max"};
  return {row->effort};
}

void plan_without(ThinkingPlan& plan, const models::Contract& rules) {
  switch (rules.thinking_off) {
    case ThinkingOff::kLeaveOut: return;
    case ThinkingOff::kDisabled:
      plan.setting = ThinkingSetting::kDisabled;
      plan.thinks = false;
      return;
    case ThinkingOff::kBetweenTools: plan.setting = ThinkingSetting::kBetweenTools; return;
    case ThinkingOff::kZeroBudget:
    case ThinkingOff::kNever: plan.effort = kLowestEffort; return;
  }
}

}  // namespace

ThinkingPlan plan_thinking(RequestDraft& draft) {
  const models::Contract& rules = draft.rules;
  const json::RawString word = text_of(draft.request.parameter("reasoning_effort"));
  const json::Raw given = unknown_parameter(draft.request, "thinking");
  if (!given.empty()) {
    if (!word.empty()) draft.drops.add("reasoning_effort");
    return plan_as_given(given);
  }
  ThinkingPlan plan;
  plan.thinks = rules.reasoning == models::Reasoning::kUnasked;
  if (word.empty()) return plan;
  if (json::key_is(word, "none")) {
    plan_without(plan, rules);
    return plan;
  }

  const EffortRow* row = find_effort(word);
  if (rules.thinking == ThinkingForm::kAdaptive) {
    plan.setting = ThinkingSetting::kAdaptive;
    plan.effort = effort_of(row, word, rules);
  } else if (rules.thinking == ThinkingForm::kBudget && row != nullptr) {
    plan.setting = ThinkingSetting::kBudget;
    plan.by_budget = true;
    plan.budget_tokens = row->budget_tokens;
  } else {
    draft.drops.add("reasoning_effort");
    return plan;
  }
  plan.thinks = true;
  plan.parameter = "reasoning_effort";
  return plan;
}

void go_without(ThinkingPlan& plan, RequestDraft& draft) {
  if (!plan.parameter.empty()) draft.drops.add(plan.parameter);
  plan = {};
}

int64_t output_tokens(const ThinkingPlan& plan, const RequestDraft& draft) {
  const int64_t most = draft.rules.output_tokens_max;
  json::Raw asked = draft.request.parameter("max_completion_tokens");
  if (asked.empty()) asked = draft.request.parameter("max_tokens");
  const int64_t tokens = asked.empty() ? most : std::min(most, integer_of(asked));
  return std::min(most, tokens + plan.budget_tokens);
}

void write_thinking(const ThinkingPlan& plan, const RequestDraft& draft, json::ObjectWriter& body) {
  const int64_t tokens = output_tokens(plan, draft);
  body.add("max_tokens", tokens);
  switch (plan.setting) {
    case ThinkingSetting::kUnsaid: return;
    case ThinkingSetting::kGiven: return body.add("thinking", plan.given);
    case ThinkingSetting::kAdaptive:
      // What was thought is left out of the reply unless it is asked for.
      return body.add("thinking", json::Raw{R"({"type":"adaptive","display":"summarized"})"});
    case ThinkingSetting::kDisabled: return body.add("thinking", json::Raw{R"({"type":"disabled"})"});
    case ThinkingSetting::kBetweenTools: return body.add("thinking", json::Raw{R"({"type":"between_tools"})"});
    case ThinkingSetting::kBudget: {
      json::ObjectWriter thinking(body.begin("thinking"));
      thinking.add("type", json::RawString{"enabled"});
      thinking.add("budget_tokens", std::clamp(plan.budget_tokens, kBudgetTokensMin, tokens - 1));
      return;
    }
  }
}

}  // namespace onellm::dialects::anthropic
