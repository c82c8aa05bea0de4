#include "dialects/openai_chat/request/api_choice.h"

#include <algorithm>

#include "dialects/common/request/reasoning_wish.h"

namespace onellm::dialects::openai_chat {

using models::Effort;
using models::Reasoning;

bool reasons_on(const models::Contract& contract, const chat::Request& request) {
  if (contract.reasoning == Reasoning::kUnknown || contract.reasoning == Reasoning::kNever) return false;
  const ReasoningWish wish = read_wish_on_one_scale(request);
  const bool asks_for_none = wish.thinking == ThinkingWish::kOff;
  switch (contract.reasoning) {
    case Reasoning::kUnknown:
    case Reasoning::kNever: return false;
    case Reasoning::kIfAsked: return wish.wants_thinking() && !asks_for_none;
    case Reasoning::kUnasked: return !asks_for_none || !contract.efforts.has(Effort::kNone);
  }
  return false;
}

bool needs_responses(const models::Contract& contract, const chat::Request& request) {
  const auto is_hosted = [](const chat::Tool& tool) {
    const bool may_be_left_out = tool.hosted != chat::HostedTool::kWebSearch && !tool.left_out_as.empty();
    return tool.hosted != chat::HostedTool::kNone && !may_be_left_out;
  };
  if (contract.responses_only || std::any_of(request.tools.begin(), request.tools.end(), is_hosted)) return true;
  const auto is_function = [](const chat::Tool& tool) { return !tool.custom && !tool.foreign; };
  const bool has_functions =
      !request.functions.empty() || std::any_of(request.tools.begin(), request.tools.end(), is_function);
  return has_functions && contract.tools_need_no_effort && reasons_on(contract, request);
}

}  // namespace onellm::dialects::openai_chat
