// Where a client marked the end of a prompt cache, for targets that have no such marks: what they lose is named.
#pragma once

#include "chat/request.h"
#include "dialects/common/request/drops.h"

namespace onellm::dialects {

// Names the marks that stand on tools, and on calls of tools.
void drop_marks_of_tools(const chat::Request& request, Drops& drops);

}  // namespace onellm::dialects
