// Passes on the reasoning of a reply for the client to send back, so that the model can continue from it. Each block is
// redacted: its data is a whole reasoning item.
// https://platform.openai.com/docs/guides/reasoning#encrypted-reasoning-items
//
// Rule: A reasoning item is passed on only if the client can send back the item after it, since models refuse reasoning
// without the item that followed it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "chat/event.h"
#include "dialects/openai_responses/reply/event.h"

namespace onellm::dialects::openai_responses {

class ReasoningItems {
 public:
  // `model` is inside a JSON string.
  explicit ReasoningItems(std::string model) : model_(std::move(model)) {}

  // Where an item is in the message.
  struct Place {
    uint32_t calls_before = 0;
    bool text_before = false;
  };

  // Adds an item. Ignores an item without encrypted content, which no model can use.
  void add(const Event& event, const Item& item, Place place);
  // The client can send back the item that follows the latest ones: keep(). It cannot: discard().
  void keep() { kept_ = items_.size(); }
  void discard() { items_.resize(kept_); }

  // Passes on the items that are kept and were not passed on yet. Call it before content is passed on.
  void hand_on(chat::EventSink& sink) {
    text_is_last_ = false;
    if (kept_ > 0 || full_) hand_on_kept(sink);
  }
  // Call it before the first text of an item. Ends the text of the item before, whether that can be sent back or not.
  // Where no item can be, the texts are one.
  void begin_text(chat::EventSink& sink);
  // True if one was passed on.
  [[nodiscard]] bool any() const { return any_; }

 private:
  struct Waiting {
    std::string data;  // Inside a JSON string.
    Place place = {};
    bool is_shown = false;  // It was passed on as not confirmed yet.
  };

  void hand_on_kept(chat::EventSink& sink);
  void hand_on_one(const Waiting& item, chat::Confirmed confirmed, chat::EventSink& sink) const;

  const std::string model_;
  std::vector<Waiting> items_;
  size_t kept_ = 0;    // How many of the items are kept.
  size_t bytes_ = 0;   // Of all items so far.
  bool full_ = false;  // kThinkingBytesMax was exceeded, which was not passed on yet.
  bool any_ = false;
  bool is_encrypted_ = false;  // An item had encrypted content.
  bool text_is_last_ = false;  // The text of an item is the last content that was passed on.
};

}  // namespace onellm::dialects::openai_responses
