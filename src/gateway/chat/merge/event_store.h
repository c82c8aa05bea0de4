// Keeps chat events for later, with copies of everything that they view.
//
// Consecutive pieces of text are joined, up to kJoinedTextBytesMax. So a model that sends one word at a time needs no
// more memory than one that sends a page. Members beside the pieces are kept as in a whole reply: of the members of the
// reply the last value counts, and a piece with extras or details of its own is not joined.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "chat/owned_event.h"

namespace onellm::gateway {

class EventStore {
 public:
  void add(const chat::Event& event);
  // Hands every kept event to `sink`, in order, and removes it. `sink` may add further events.
  void drain_to(chat::EventSink& sink);
  // Hands the events to `sink` and keeps them.
  void show(chat::EventSink& sink) const;
  void clear();

  [[nodiscard]] bool empty() const { return kept_.empty(); }
  // The bytes of the kept events' texts (JSON, as received).
  [[nodiscard]] size_t text_bytes() const { return text_bytes_; }
  // The approximate memory of the kept events.
  [[nodiscard]] size_t memory_bytes() const { return memory_bytes_; }

 private:
  [[nodiscard]] bool join(const chat::Event& event);

  std::vector<std::unique_ptr<chat::OwnedEvent>> kept_;
  size_t text_bytes_ = 0;
  size_t memory_bytes_ = 0;
};

}  // namespace onellm::gateway
