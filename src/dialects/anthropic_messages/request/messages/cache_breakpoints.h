// Where the provider is to keep a prompt up to, for the next request to begin with.
// https://docs.claude.com/en/docs/build-with-claude/prompt-caching
#pragma once

#include <cstddef>

#include "dialects/anthropic_messages/request/draft.h"
#include "dialects/anthropic_messages/request/messages/conversation.h"
#include "dialects/anthropic_messages/request/tools/plan.h"

namespace onellm::dialects::anthropic_messages {

// The API takes so many in one request.
inline constexpr size_t kCacheBreakpointsMax = 4;

// Where the client sends results of tools and marks nothing: marks the end of the last turn of the user, so that the
// next request of an agent's loop reads what this one wrote. The API looks for that at the mark and a few blocks before
// it; where more lie between, the place of the mark before is marked too. A turn that is one plain text is passed over:
// a mark would change more of it than the mark.
void add_cache_breakpoints(ToolPlan& tools, Conversation& conversation, const RequestDraft& draft);

// Takes breakpoints of the cache away, the first ones of the prompt first, until there are `count_max` at most. The
// prompt begins with the tools.
void limit_cache_breakpoints(ToolPlan& tools, Conversation& conversation, size_t count_max, RequestDraft& draft);

}  // namespace onellm::dialects::anthropic_messages
