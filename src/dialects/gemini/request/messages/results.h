// Pairs the results of tools with the calls of the model's last turn, and writes them.
//
// Rule: The turn after a functionCall has exactly one functionResponse for it, with the call's name.
#pragma once

#include <cstddef>
#include <vector>

#include "chat/request.h"
#include "dialects/common/tools/call_pairs.h"
#include "dialects/gemini/request/draft.h"
#include "dialects/gemini/request/messages/writer.h"

namespace onellm::dialects::gemini {

class Results {
 public:
  // Adds a call of the model's turn; `call` must outlive this. False if there are too many calls.
  [[nodiscard]] bool expect(const chat::ToolCall& call);

  // Takes a message if it is the result of an expected call that has none yet; else false. `index` is the index of the
  // message in the request.
  [[nodiscard]] bool take(const chat::Message& message, size_t index);

  // Writes the results in the order of the calls and removes the calls. A call without a result gets an error as its
  // result.
  void write(RequestDraft& draft, Contents& contents);

 private:
  struct Call {
    const chat::ToolCall* call = nullptr;
    const chat::Message* result = nullptr;
    size_t index = 0;  // Index of the result's message.
  };

  std::vector<Call> calls_;
  CallPairs pairs_;  // Has the same indices as calls_.
};

}  // namespace onellm::dialects::gemini
