// What an answer has besides its text, reasoning, refusal and calls: extras and typed events, in the order in which
// they came. A client dialect writes them as it writes those of a stream.
//
// Rule: extras of one dialect that follow one another are joined, so their number does not count.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "chat/owned_event.h"

namespace onellm::chat {

class AnswerExtras {
 public:
  // Requires that the event has extras or details, or is a kStarted.
  void add(const Event& event);
  // Hands the events to `sink`, and keeps them. Joined extras are a kExtra.
  void show(EventSink& sink) const;
  // The events that are kept one by one: typed ones, and those with details.
  [[nodiscard]] size_t kept_count() const { return kept_.size(); }
  [[nodiscard]] const Event& kept_at(size_t index) const { return kept_[index]->event(); }
  [[nodiscard]] bool empty() const { return kept_.empty() && !joined_.has_extras(); }

 private:
  // Extras that came after the kept events.
  struct Joined {
    DialectId of = DialectId::kNone;
    std::string delta;
    std::string choice;
    std::string reply;
    [[nodiscard]] bool has_extras() const { return !delta.empty() || !choice.empty() || !reply.empty(); }
    [[nodiscard]] Event event() const {
      return {.extra_of = of, .delta_extra = {delta}, .choice_extra = {choice}, .reply_extra = {reply}};
    }
  };

  void keep_joined();

  std::vector<std::unique_ptr<OwnedEvent>> kept_;
  Joined joined_;
};

}  // namespace onellm::chat
