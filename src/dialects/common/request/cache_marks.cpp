#include "dialects/common/request/cache_marks.h"

#include <algorithm>

namespace onellm::dialects {

void drop_marks_of_tools(const chat::Request& request, Drops& drops) {
  const auto is_marked = [](const auto& marked) { return !marked.cache_control.empty(); };
  if (std::any_of(request.tools.begin(), request.tools.end(), is_marked)) drops.add("tools[].cache_control");
  if (std::any_of(request.functions.begin(), request.functions.end(), is_marked)) {
    drops.add("functions[].cache_control");
  }
  for (const chat::Message& message : request.messages) {
    if (std::any_of(message.tool_calls.begin(), message.tool_calls.end(), is_marked)) {
      drops.add("messages[].tool_calls[].cache_control");
    }
  }
}

}  // namespace onellm::dialects
