// Where the provider is to keep a prompt up to, for the next request to begin with.
// https://docs.claude.com/en/docs/build-with-claude/prompt-caching
#pragma once

#include <cstddef>

#include "dialects/anthropic_messages/conversation.h"
#include "dialects/anthropic_messages/request_draft.h"
#include "dialects/anthropic_messages/tool_plan.h"

namespace onellm::dialects::anthropic {

// The API takes so many in one request.
inline constexpr size_t kCacheBreakpointsMax = 4;

// Takes breakpoints of the cache away, the first ones of the prompt first, until there are `count_max` at most. The
// prompt begins with the tools.
void limit_cache_breakpoints(ToolPlan& tools, Conversation& conversation, size_t count_max, RequestDraft& draft);

}  // namespace onellm::dialects::anthropic
