#include "dialects/anthropic_messages/cache_breakpoints.h"

#include <utility>

namespace onellm::dialects::anthropic {

namespace {

template <typename Visit>
void each_block(Conversation& conversation, Visit visit) {
  for (Block& block : conversation.system) visit(block);
  for (Turn& turn : conversation.turns) {
    for (Block& block : turn.blocks) visit(block);
  }
}

}  // namespace

void limit_cache_breakpoints(Conversation& conversation, size_t count_max, RequestDraft& draft) {
  size_t count = 0;
  each_block(conversation, [&count](const Block& block) { count += block.cache_control.empty() ? 0 : 1; });
  if (count <= count_max) return;
  draft.drops.add("prompt_cache_breakpoint");
  each_block(conversation, [&](Block& block) {
    if (count > count_max && !std::exchange(block.cache_control, {}).empty()) --count;
  });
}

}  // namespace onellm::dialects::anthropic
