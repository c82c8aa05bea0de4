// Pairs the results of tools with the calls of the model's last turn, and writes them: Gemini wants one
// functionResponse for each functionCall, with its name, in the turn behind it.
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
  // A call of the model's turn; must outlive this. False if it is one too many.
  [[nodiscard]] bool expect(const chat::ToolCall& call);

  // Takes a message that is the result of an expected call that has none yet; false if it is not.
  // `index` is that of the message in its request.
  [[nodiscard]] bool take(const chat::Message& message, size_t index);

  // Writes the results in the order of the calls, and expects none any more. A call without a result gets
  // an error for one.
  void write(RequestDraft& draft, Contents& contents);

 private:
  struct Call {
    const chat::ToolCall* call = nullptr;
    const chat::Message* result = nullptr;
    size_t index = 0;  // Of the result.
  };

  std::vector<Call> calls_;
  CallPairs pairs_;  // Numbers them as calls_ does.
};

}  // namespace onellm::dialects::gemini
