// Events kept for later: a flow of chat events with everything they view.
#pragma once

#include <cstddef>
#include <deque>
#include <memory>
#include <string>

#include "chat/event.h"

namespace onellm::gateway {

class EventStore {
 public:
  void add(const chat::Event& event);
  // Hands every kept event to `sink`, in order, and forgets them. `sink` may add further ones.
  void drain_to(chat::EventSink& sink);

  [[nodiscard]] bool empty() const { return kept_.empty(); }
  // What the kept events take, roughly.
  [[nodiscard]] size_t bytes() const { return bytes_; }

 private:
  struct Kept {
    chat::Event event;  // Views into `text`, points to `usage` and `error`.
    std::string text;
    std::unique_ptr<chat::Usage> usage;
    std::unique_ptr<Error> error;
  };

  std::deque<std::unique_ptr<Kept>> kept_;
  size_t bytes_ = 0;
};

}  // namespace onellm::gateway
