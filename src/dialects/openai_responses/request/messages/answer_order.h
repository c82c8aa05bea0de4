// The order of the items that an earlier message of the assistant becomes: its texts, calls and reasoning.
//
// A client of Messages has them in one list, and that is the order. A client of chat has each kind apart; its reasoning
// says how much of the others stood before it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "chat/request.h"

namespace onellm::dialects::openai_responses {

struct AnswerPiece {
  enum class Kind : uint8_t { kText, kCall, kReasoning };
  Kind kind = Kind::kText;
  size_t index = 0;  // Of the part (the number of parts: the refusal), of the call, or of the reasoning.
};

// A reasoning item that goes back.
struct PastReasoning {
  std::string item;
  const chat::ThinkingBlock* block = nullptr;
};

// Parts without a word are left out. The last call may be the function call. `is_one_list`: the client's message was a
// list of all of them.
[[nodiscard]] std::vector<AnswerPiece> order_of(const chat::Message& message,
                                                const std::vector<const chat::ToolCall*>& calls,
                                                const std::vector<PastReasoning>& reasoning, bool is_one_list);

}  // namespace onellm::dialects::openai_responses
