// An event with copies of everything that it views.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "chat/event.h"

namespace onellm::chat {

class OwnedEvent {
 public:
  // Copies all but `unfinished` and `origin`, which stay the same pointers.
  explicit OwnedEvent(const Event& event);
  OwnedEvent(const OwnedEvent&) = delete;
  OwnedEvent& operator=(const OwnedEvent&) = delete;

  [[nodiscard]] const Event& event() const { return event_; }
  // The approximate memory that it takes.
  [[nodiscard]] size_t memory_bytes() const;

  // Adds to the event's text.
  void append_text(std::string_view more);
  // Adds to the event's reply_extra; of members of the same name the later counts.
  void add_reply_extra(json::RawMembers more);

 private:
  void copy_views(const Event& event);

  Event event_;  // Its views and pointers point to the members below.
  std::string text_;
  std::string reply_extra_;
  std::string others_;  // Everything else that the event views.
  std::unique_ptr<EventDetails> details_;
  std::unique_ptr<Usage> usage_;
  std::unique_ptr<Error> error_;
};

}  // namespace onellm::chat
