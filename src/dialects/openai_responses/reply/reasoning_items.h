// Collects the reasoning of a reply for the client to send back, so that the model can continue from it. The form is
// `"thinking_blocks":[…]`. Each block has a whole reasoning item as `data`, the model that wrote it, and `after`: which
// part of the message came before it.
// https://platform.openai.com/docs/guides/reasoning#encrypted-reasoning-items
//
// Rule: A reasoning item is kept only if the client can send back the item after it, since models refuse reasoning
// without the item that followed it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "dialects/openai_responses/reply/event.h"

namespace onellm::dialects::openai_responses {

class ReasoningItems {
 public:
  // Where an item is in the message.
  struct Place {
    uint32_t calls_before = 0;
    bool text_before = false;
  };

  // Adds an item. Ignores an item without encrypted content, which no model can use.
  void add(const Event& event, const Item& item, Place place, const std::string& model);
  // The client can send back the item that follows the latest ones: keep(). It cannot: discard().
  void keep() { kept_bytes_ = blocks_.size(); }
  void discard() { blocks_.resize(kept_bytes_); }

  // The array; empty if there is nothing to send back, or more than kThinkingBytesMax.
  [[nodiscard]] std::string array() const;

 private:
  std::string blocks_;     // The elements of the array.
  size_t kept_bytes_ = 0;  // How many bytes of them are kept.
  bool full_ = false;      // kThinkingBytesMax was exceeded. Final.
};

}  // namespace onellm::dialects::openai_responses
