// Collects the signed reasoning of a message as `"thinking_blocks":[…]`, for the client to send back. They are
// Anthropic's blocks with two more members: `model`, the model that signed them, and `after`, the calls and text before
// them in the message. https://docs.claude.com/en/docs/build-with-claude/extended-thinking#preserving-thinking-blocks
//
// Rule: All blocks or none, because a model refuses a part of its thinking. There are none if they would take more than
// kThinkingBytesMax.
#pragma once

#include <string>

#include "chat/event_details.h"

namespace onellm::dialects::openai_chat {

class ThinkingBlocks {
 public:
  void add(const chat::ThinkingBlock& block);
  // There is a block that is too long to be passed on.
  void give_up();

  // The JSON array; empty: there is nothing to send back.
  [[nodiscard]] std::string array() const { return blocks_.empty() ? std::string() : "[" + blocks_ + "]"; }

 private:
  std::string blocks_;  // The elements of the array, as JSON.
  bool full_ = false;   // kThinkingBytesMax was exceeded. Never reset.
};

}  // namespace onellm::dialects::openai_chat
