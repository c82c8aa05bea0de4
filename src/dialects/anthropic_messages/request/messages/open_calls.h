// The tool calls of the assistant's last turn. Anthropic needs exactly one result for each in the next turn.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "chat/request.h"
#include "dialects/anthropic_messages/request/messages/conversation.h"
#include "dialects/common/tools/call_pairs.h"

namespace onellm::dialects::anthropic_messages {

class OpenCalls {
 public:
  // `call` and `id` must outlive this.
  void add(const chat::ToolCall& call, std::string_view id);

  // The id of the call that the message answers; the call is then closed. Empty if it answers no open call.
  [[nodiscard]] std::optional<std::string_view> answer(const chat::Message& message);

  [[nodiscard]] bool any_open() const { return pairs_.any_open(); }

  // Appends a placeholder result for each call without one, and removes all calls.
  void answer_the_rest(std::vector<Block>& results);

 private:
  CallPairs pairs_;
  std::vector<std::string_view> ids_;
};

}  // namespace onellm::dialects::anthropic_messages
