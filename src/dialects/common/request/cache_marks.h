// Reports cache marks (`cache_control`, the end of a cached prompt) as dropped, for targets that do not support them.
#pragma once

#include "chat/request.h"
#include "dialects/common/request/drops.h"

namespace onellm::dialects {

// Adds the marks on tools, functions and tool calls to `drops`.
void drop_marks_of_tools(const chat::Request& request, Drops& drops);

}  // namespace onellm::dialects
