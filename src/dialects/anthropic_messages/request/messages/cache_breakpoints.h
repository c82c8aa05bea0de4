// Sets and limits cache breakpoints. A breakpoint asks the provider to cache the prompt up to it for later requests.
// https://docs.claude.com/en/docs/build-with-claude/prompt-caching
#pragma once

#include <cstddef>

#include "dialects/anthropic_messages/request/draft.h"
#include "dialects/anthropic_messages/request/messages/conversation.h"
#include "dialects/anthropic_messages/request/tools/plan.h"

namespace onellm::dialects::anthropic_messages {

// The API accepts so many breakpoints in one request.
inline constexpr size_t kCacheBreakpointsMax = 4;

// Adds a breakpoint at the end of the last user turn, so that the next request of an agent's loop can read this cache.
// Only if the client enabled auto_cache, sent tool results and set no breakpoint itself. The API looks for cached
// content only in the last 20 blocks before a breakpoint; if the previous turn's end is farther away, it gets one too.
// A turn that is one plain text is skipped: with a breakpoint it could not be written as a string any more.
void add_cache_breakpoints(ToolPlan& tools, Conversation& conversation, const RequestDraft& draft);

// Removes breakpoints from the start of the prompt until at most `count_max` remain, and reports that. The prompt
// begins with the tools.
void limit_cache_breakpoints(ToolPlan& tools, Conversation& conversation, size_t count_max, RequestDraft& draft);

}  // namespace onellm::dialects::anthropic_messages
