// The tool calls of the assistant's last turn, each of which wants one result in the turn after it.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "chat/request.h"
#include "dialects/anthropic_messages/conversation.h"

namespace onellm::dialects::anthropic {

class OpenCalls {
 public:
  // `call` and `id` must outlive this.
  void add(const chat::ToolCall& call, std::string_view id);

  // The id of the call that the message answers, which then is open no more; nothing if it answers none.
  // Functions are known by name. Where a host gives no ids, the next open call is meant.
  [[nodiscard]] std::optional<std::string_view> answer(const chat::Message& message);

  [[nodiscard]] bool any_open() const { return open_count_ > 0; }

  // Appends a result for each call that has none, saying so, and forgets all calls.
  void answer_the_rest(std::vector<Block>& results);

 private:
  struct Call {
    const chat::ToolCall* call;
    std::string_view id;
    bool open = true;
  };

  [[nodiscard]] static bool is_answered_by(const chat::ToolCall& call, const chat::Message& message);

  std::vector<Call> calls_;
  size_t open_count_ = 0;
  size_t next_ = 0;  // Where results in the order of their calls are looked for first.
};

}  // namespace onellm::dialects::anthropic
