// The ids by which calls of tools and their results find each other. The API takes 1 to 64 characters; of
// other hosts come longer ones, and none at all.
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
  // The calls of a message begin: results that follow are of these.
  void begin_message() {
    pairs_.clear();
    calls_.clear();
  }
  // The id of a call of that message, as the inside of a JSON string. `call` must outlive this.
  [[nodiscard]] std::string add(const chat::ToolCall& call);

  struct Answered {
    std::string id;
    bool custom = false;
  };
  // The call that the message, one of role tool or function, is the result of. Where there is none, the
  // message's own id goes on: the API will say what is wrong.
  [[nodiscard]] Answered answer(const chat::Message& message);

 private:
  [[nodiscard]] std::string legal_id(json::RawString id, json::RawString name);

  CallPairs pairs_;
  std::vector<Answered> calls_;
  size_t made_ = 0;  // Ids that had to be made.
};

}  // namespace onellm::dialects::openai_responses
