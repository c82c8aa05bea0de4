// Collects a whole answer from its events. A reply that is not streamed is written from it, and the answers of several
// legs are joined from it. (A leg is one of the models that a request asks for.)
//
// Depends on chat/event.h and chat/members.h.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "chat/event.h"

namespace onellm::chat {

// The strings are insides of JSON strings (json::RawString). Those named `*extra` are raw members.
struct AnswerToolCall {
  bool custom = false;
  std::string id;
  std::string name;
  std::string arguments;
  std::string extra;
};

struct AnswerChoice {
  bool has_text = false;  // false: content is null
  bool has_refusal = false;
  std::string text;
  std::string reasoning;
  std::string refusal;
  std::vector<AnswerToolCall> tool_calls;
  std::optional<FinishReason> finish;
  std::string native_finish;
  std::string message_extra;
  std::string choice_extra;
};

class Answer final : public EventSink {
 public:
  void take(const Event& event) override;

  std::string id;
  std::string model;
  int64_t created_s = 0;
  std::vector<AnswerChoice> choices;
  std::optional<Usage> usage;
  std::string reply_extra;
  bool completed = false;      // kCompleted was seen
  std::optional<Error> error;  // kFailed was seen

 private:
  AnswerChoice& choice_at(uint32_t index);
  void take_of_choice(const Event& event, AnswerChoice& choice);
};

}  // namespace onellm::chat
