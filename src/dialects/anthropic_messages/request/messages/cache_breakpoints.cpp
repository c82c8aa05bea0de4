#include "dialects/anthropic_messages/request/messages/cache_breakpoints.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace onellm::dialects::anthropic_messages {

namespace {

// Visits the cache_control of each tool and block in the order of the prompt; empty: no breakpoint.
template <typename Visit>
void each_mark(ToolPlan& tools, Conversation& conversation, Visit visit) {
  for (PlannedTool& planned : tools.tools) visit(planned.cache_control);
  for (Block& block : conversation.system) visit(block.cache_control);
  for (Turn& turn : conversation.turns) {
    for (Block& block : turn.blocks) visit(block.cache_control);
  }
}

constexpr json::Raw kMark{R"({"type":"ephemeral"})"};

// The API looks for cached content in so many blocks before a breakpoint, its own block included.
constexpr size_t kBlocksLookedAt = 20;

bool holds_results(const chat::Request& request) {
  return std::any_of(request.messages.begin(), request.messages.end(), [](const chat::Message& message) {
    return message.role == chat::Role::kTool || message.role == chat::Role::kFunction;
  });
}

size_t count_marks(ToolPlan& tools, Conversation& conversation) {
  size_t count = 0;
  each_mark(tools, conversation, [&count](const json::Raw& mark) { count += mark.empty() ? 0 : 1; });
  return count;
}

bool may_end_with_mark(const Turn& turn) { return turn.role == TurnRole::kUser && !is_plain_text(turn.blocks); }

// The last turn before `end` that may end with a breakpoint; `end` if there is none.
size_t find_last(const std::vector<Turn>& turns, size_t end) {
  for (size_t i = end; i-- > 0;) {
    if (may_end_with_mark(turns[i])) return i;
  }
  return end;
}

}  // namespace

void add_cache_breakpoints(ToolPlan& tools, Conversation& conversation, const RequestDraft& draft) {
  if (!draft.request.options.auto_cache.value_or(false) || !holds_results(draft.request)) return;
  if (count_marks(tools, conversation) > 0) return;
  std::vector<Turn>& turns = conversation.turns;
  const size_t last = find_last(turns, turns.size());
  if (last == turns.size()) return;
  turns[last].blocks.back().cache_control = kMark;
  const size_t before = find_last(turns, last);
  if (before == last) return;
  size_t blocks = 0;
  for (size_t i = before + 1; i <= last; ++i) blocks += turns[i].blocks.size();
  if (blocks >= kBlocksLookedAt) turns[before].blocks.back().cache_control = kMark;
}

void limit_cache_breakpoints(ToolPlan& tools, Conversation& conversation, size_t count_max, RequestDraft& draft) {
  size_t count = count_marks(tools, conversation);
  if (count <= count_max) return;
  draft.drops.add("prompt_cache_breakpoint");
  each_mark(tools, conversation, [&](json::Raw& mark) {
    if (count > count_max && !std::exchange(mark, {}).empty()) --count;
  });
}

}  // namespace onellm::dialects::anthropic_messages
