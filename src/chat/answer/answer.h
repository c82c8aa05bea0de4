// Collects a whole answer from its events. A reply that is not streamed is written from it, and the answers of several
// legs are joined from it. (A leg is one of the models that a request asks for.)
//
// Depends on chat/event.h and chat/answer/extras.h.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "chat/answer/extras.h"
#include "chat/event.h"

namespace onellm::chat {

// The strings are insides of JSON strings (json::RawString). `extra` is raw members.
struct AnswerToolCall {
  bool custom = false;
  bool has_made_id = false;
  std::string id;
  std::string name;
  std::string arguments;
  std::string signature;  // The provider's signature; empty: none.
  DialectId extra_of = DialectId::kNone;
  std::string extra;
};

// The place of a part in the answer.
struct AnswerPart {
  enum class Kind : uint8_t { kLeg, kText, kReasoning, kRefusal, kCall, kTyped };
  Kind kind = Kind::kText;
  bool is_break = false;  // As in Event. Text that continues the part before it is none.
  size_t size = 0;        // Texts: bytes of the next part of that text. Others: index of the leg, call or kept event.
};

// A leg (or the only model) that gave the parts after it.
struct AnswerLeg {
  std::string name;  // The inside of a JSON string.
  std::string provider;
  std::string model;
  DialectId dialect = DialectId::kNone;
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
  std::string leg;             // The leg that gave this choice, if legs are choices; else empty.
  std::optional<Error> error;  // That leg failed.
  AnswerExtras others;         // Of the choice: extras of the delta and of the choice, typed events, details.
  std::vector<AnswerLeg> legs;
  std::vector<AnswerPart> order;  // All of the content, in the order in which it came.

  // Hands out the content as events, in that order: texts, calls, typed events, and a kStarted for each leg. A citation
  // comes directly after the text before it. All views last as long as the choice, but `origin` only during the call.
  void show(EventSink& sink) const;
};

class Answer final : public EventSink {
 public:
  // `client` is the dialect in which the answer will be written. What an encoder of this dialect would ignore is not
  // kept: extras of other dialects, and details that its own extras hold. kNone: not known, so all is kept.
  explicit Answer(DialectId client = DialectId::kNone) : client_(client) {}

  void take(const Event& event) override;

  std::string id;
  std::string model;
  int64_t created_s = 0;
  std::vector<AnswerChoice> choices;
  std::optional<Usage> usage;
  AnswerExtras others;         // Of the reply: its extras, and details about the whole reply.
  bool completed = false;      // kCompleted was seen
  std::optional<Error> error;  // kFailed was seen

 private:
  AnswerChoice& choice_at(uint32_t index);
  void take_of_choice(const Event& event, AnswerChoice& choice);
  void take_of_tool_call(const Event& event, AnswerChoice& choice);
  void take_others_of_reply(const Event& event);
  void take_others(const Event& event, AnswerChoice& choice);
  [[nodiscard]] Event others_of(const Event& event) const;
  // True if an encoder of the client's dialect ignores the event's details.
  [[nodiscard]] bool is_own(const Event& event) const {
    return client_ != DialectId::kNone && event.extra_of == client_;
  }

  DialectId client_;
};

}  // namespace onellm::chat
