// Ids that connect tool calls with their results. The API accepts 1 to 64 characters. Conversations from other hosts
// have longer ids or none; these get a new id.
// https://platform.openai.com/docs/api-reference/responses/create
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "chat/request.h"
#include "dialects/common/tools/call_pairs.h"

namespace onellm::dialects::openai_responses {

class CallIds {
 public:
  // Begins the calls of a message. The results that follow belong to them.
  void begin_message() {
    pairs_.clear();
    calls_.clear();
  }
  // The id for a call of that message, as the content of a JSON string. `call` must outlive this object.
  [[nodiscard]] std::string add(const chat::ToolCall& call);

  struct Answered {
    std::string id;
    bool custom = false;
  };
  // The call that the message (role tool or function) is the result of. If there is none, the message's own id is sent,
  // and the API reports the error.
  [[nodiscard]] Answered answer(const chat::Message& message);

 private:
  [[nodiscard]] std::string legal_id(json::RawString id, json::RawString name);

  CallPairs pairs_;
  std::vector<Answered> calls_;
  size_t made_ = 0;  // Number of ids made for calls or results without one.
};

}  // namespace onellm::dialects::openai_responses
