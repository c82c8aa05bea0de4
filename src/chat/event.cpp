#include "chat/event.h"

namespace onellm::chat {

std::string_view to_string(FinishReason reason) {
  switch (reason) {
    case FinishReason::kStop: return "stop";
    case FinishReason::kLength: return "length";
    case FinishReason::kToolCalls: return "tool_calls";
    case FinishReason::kContentFilter: return "content_filter";
    case FinishReason::kFunctionCall: return "function_call";
    case FinishReason::kError: return "error";
  }
  return "stop";
}

}  // namespace onellm::chat
