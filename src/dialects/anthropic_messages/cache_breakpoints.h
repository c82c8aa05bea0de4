// Where the provider is to keep a prompt up to, for the next request to begin with.
// https://docs.claude.com/en/docs/build-with-claude/prompt-caching
#pragma once

#include <cstddef>

#include "dialects/anthropic_messages/conversation.h"
#include "dialects/anthropic_messages/request_draft.h"

namespace onellm::dialects::anthropic {

// The API takes so many in one request.
inline constexpr size_t kCacheBreakpointsMax = 4;

// Takes breakpoints of the cache away, the first ones first, until there are `count_max` at most.
void limit_cache_breakpoints(Conversation& conversation, size_t count_max, RequestDraft& draft);

}  // namespace onellm::dialects::anthropic
