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

bool is_content(const Event& event) {
  switch (event.kind) {
    case EventKind::kText:
    case EventKind::kRefusal: return !event.text.empty() || event.extra_holds != ExtraHolds::kLabels;
    case EventKind::kToolCallOpened:
    case EventKind::kMedia: return true;
    case EventKind::kStarted:
    case EventKind::kReasoning:
    case EventKind::kToolArguments:
    case EventKind::kThinkingSigned:
    case EventKind::kPartSigned:
    case EventKind::kCitation:
    case EventKind::kCode:
    case EventKind::kProviderPart:
    case EventKind::kExtra:
    case EventKind::kContentEnded:
    case EventKind::kFinished:
    case EventKind::kUsage:
    case EventKind::kCompleted:
    case EventKind::kFailed: return event.extra_holds != ExtraHolds::kLabels;
  }
  return false;
}

}  // namespace onellm::chat
