// Whether and how Claude is to think before it answers: the client's wish (reasoning_wish.h) in the nearest form that
// the model takes.
// https://docs.claude.com/en/docs/build-with-claude/extended-thinking
// https://docs.claude.com/en/docs/build-with-claude/effort
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "dialects/anthropic_messages/request/draft.h"
#include "json/raw.h"
#include "json/writer.h"

namespace onellm::dialects::anthropic_messages {

enum class ThinkingSetting : uint8_t { kUnsaid, kAdaptive, kBudget, kDisabled, kBetweenTools, kGiven };

struct ThinkingPlan {
  ThinkingSetting setting = ThinkingSetting::kUnsaid;
  json::Raw given;                  // kGiven: the client's own, of a form that is not known here.
  std::string own_members = {};     // Of the client's own beside type and budget, as JSON.
  int64_t budget_tokens = 0;        // kBudget
  bool is_budget_on_top = false;    // The client's limit of tokens is for the answer alone.
  std::string effort = {};          // output_config.effort, as it stands between quotes; empty: not said.
  bool thinks = false;              // As far as can be told. Signed blocks go back then.
  bool by_budget = false;           // In the older way, which asks more of the conversation.
  std::string_view parameter = {};  // What asked for it.
};

[[nodiscard]] ThinkingPlan plan_thinking(RequestDraft& draft);

// Goes without thinking that was asked for, and names what is dropped.
void go_without(ThinkingPlan& plan, RequestDraft& draft);

// Keeps the model from thinking, where it thinks unasked and can be kept from it at the effort that was asked. False
// where it cannot.
[[nodiscard]] bool keep_from_thinking(ThinkingPlan& plan, const RequestDraft& draft);

// Signed blocks go back, and clients renew what stands before them, like a date: the API is asked to drop those that do
// not fit any more rather than to refuse the request.
void let_blocks_be_dropped(ThinkingPlan& plan, RequestDraft& draft);

// The `max_tokens` of the request: what was asked, or the model's most, and what is thought by budget on
// top, never past the model's limit.
[[nodiscard]] int64_t output_tokens(const ThinkingPlan& plan, const RequestDraft& draft);

// Writes `max_tokens` and `thinking`.
void write_thinking(const ThinkingPlan& plan, const RequestDraft& draft, json::ObjectWriter& body);

}  // namespace onellm::dialects::anthropic_messages
