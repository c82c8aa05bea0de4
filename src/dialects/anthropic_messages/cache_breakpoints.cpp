#include "dialects/anthropic_messages/cache_breakpoints.h"

#include <utility>

namespace onellm::dialects::anthropic {

namespace {

// Visits the marks of the whole prompt, in its order; empty ones are none.
template <typename Visit>
void each_mark(ToolPlan& tools, Conversation& conversation, Visit visit) {
  for (PlannedTool& planned : tools.tools) visit(planned.cache_control);
  for (Block& block : conversation.system) visit(block.cache_control);
  for (Turn& turn : conversation.turns) {
    for (Block& block : turn.blocks) visit(block.cache_control);
  }
}

}  // namespace

void limit_cache_breakpoints(ToolPlan& tools, Conversation& conversation, size_t count_max, RequestDraft& draft) {
  size_t count = 0;
  each_mark(tools, conversation, [&count](const json::Raw& mark) { count += mark.empty() ? 0 : 1; });
  if (count <= count_max) return;
  draft.drops.add("prompt_cache_breakpoint");
  each_mark(tools, conversation, [&](json::Raw& mark) {
    if (count > count_max && !std::exchange(mark, {}).empty()) --count;
  });
}

}  // namespace onellm::dialects::anthropic
