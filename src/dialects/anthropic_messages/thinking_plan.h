// Whether and how Claude is to think before it answers: from `reasoning_effort`, or from Anthropic's own
// `thinking` where the client sent that.
// https://docs.claude.com/en/docs/build-with-claude/extended-thinking
#pragma once

#include <cstdint>
#include <string_view>

#include "dialects/anthropic_messages/request_draft.h"
#include "json/raw.h"
#include "json/writer.h"

namespace onellm::dialects::anthropic {

enum class ThinkingSetting : uint8_t { kUnsaid, kAdaptive, kBudget, kDisabled, kBetweenTools, kGiven };

struct ThinkingPlan {
  ThinkingSetting setting = ThinkingSetting::kUnsaid;
  json::Raw given;                  // kGiven: the client's own
  int64_t budget_tokens = 0;        // kBudget: what the effort is worth
  json::RawString effort;           // output_config.effort; empty: not said.
  bool thinks = false;              // As far as can be told. Signed blocks go back then.
  bool by_budget = false;           // In the older way, which asks more of the conversation.
  std::string_view parameter = {};  // What asked for it.
};

[[nodiscard]] ThinkingPlan plan_thinking(RequestDraft& draft);

// Goes without thinking that was asked for, and names what is dropped.
void go_without(ThinkingPlan& plan, RequestDraft& draft);

// The `max_tokens` of the request: what was asked, or the model's most, and what is thought by budget on
// top, never past the model's limit.
[[nodiscard]] int64_t output_tokens(const ThinkingPlan& plan, const RequestDraft& draft);

// Writes `max_tokens` and `thinking`.
void write_thinking(const ThinkingPlan& plan, const RequestDraft& draft, json::ObjectWriter& body);

}  // namespace onellm::dialects::anthropic
