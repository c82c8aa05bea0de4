// Plans whether and how Claude thinks before it answers: maps the client's wish (reasoning_wish.h) to the nearest
// setting that the model supports.
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

inline constexpr int64_t kThinkingBudgetMin = 1024;  // In tokens. The API takes no smaller one.

enum class ThinkingSetting : uint8_t { kUnsaid, kAdaptive, kBudget, kDisabled, kBetweenTools, kGiven };

struct ThinkingPlan {
  ThinkingSetting setting = ThinkingSetting::kUnsaid;
  json::Raw given;                  // kGiven: the client's `thinking`, passed unchanged because its type is unknown.
  std::string own_members = {};     // Members of the client's `thinking` other than type and budget, as JSON.
  int64_t budget_tokens = 0;        // kBudget
  bool is_budget_on_top = false;    // The budget is added to the client's max_tokens.
  std::string effort = {};          // output_config.effort, escaped, without quotes; empty: not set.
  bool thinks = false;              // The model probably thinks. Then signed thinking is sent back.
  bool by_budget = false;           // kBudget: then tool calls in the conversation need thinking before them.
  std::string_view parameter = {};  // The client's parameter that asked for thinking.
};

[[nodiscard]] ThinkingPlan plan_thinking(RequestDraft& draft);

// Gives up the thinking that the client asked for, and reports the parameter as dropped.
void go_without(ThinkingPlan& plan, RequestDraft& draft);

// Turns off thinking that the client did not ask for. False, and nothing changes, if the client asked for it or if the
// model does not allow that at the requested effort.
[[nodiscard]] bool keep_from_thinking(ThinkingPlan& plan, const RequestDraft& draft);

// Signed thinking is valid only if everything before it is unchanged. Clients often change that, for example a date.
// Asks the API to drop thinking blocks that became invalid instead of refusing the request.
void let_blocks_be_dropped(ThinkingPlan& plan, RequestDraft& draft);

// The `max_tokens` of the request: the client's limit, else the model's maximum. An on-top budget is added. Never more
// than the model's maximum.
[[nodiscard]] int64_t output_tokens(const ThinkingPlan& plan, const RequestDraft& draft);

// Writes `max_tokens` and `thinking`.
void write_thinking(const ThinkingPlan& plan, const RequestDraft& draft, json::ObjectWriter& body);

}  // namespace onellm::dialects::anthropic_messages
