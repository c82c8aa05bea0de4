// Events kept for later: a flow of chat events with everything they view.
//
// Pieces of text that follow one another are joined, up to kJoinedTextBytesMax, so that a model which says a word
// at a time takes no more memory than one which says a page. What stands beside each piece is kept as in a whole
// reply: of members of the reply the last value counts; a piece with members of its own (logprobs) is not joined.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "chat/event.h"

namespace onellm::gateway {

class EventStore {
 public:
  void add(const chat::Event& event);
  // Hands every kept event to `sink`, in order, and forgets them. `sink` may add further ones.
  void drain_to(chat::EventSink& sink);
  // Hands them to `sink` and keeps them.
  void show(chat::EventSink& sink) const;
  void clear();

  [[nodiscard]] bool empty() const { return kept_.empty(); }
  // Of the texts of the kept events (JSON, as it came).
  [[nodiscard]] size_t text_bytes() const { return text_bytes_; }
  // What the kept events take of memory, roughly.
  [[nodiscard]] size_t memory_bytes() const { return memory_bytes_; }

 private:
  struct Kept {
    chat::Event event;  // Views into the strings, points to `usage` and `error`.
    std::string text;   // Of the event; grows when others are joined to it.
    std::string reply_extra;
    std::string others;  // All else that it views.
    std::unique_ptr<chat::Usage> usage;
    std::unique_ptr<Error> error;
  };

  [[nodiscard]] bool join(const chat::Event& event);
  [[nodiscard]] static size_t memory_of(const Kept& kept);

  std::vector<std::unique_ptr<Kept>> kept_;
  size_t text_bytes_ = 0;
  size_t memory_bytes_ = 0;
};

}  // namespace onellm::gateway
