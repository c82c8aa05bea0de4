// Gathers the reasoning of a reply for the client to send back, so that the model can go on where it was:
// `"thinking_blocks":[…]`, each with a whole reasoning item as its `data`, the model that wrote it, and
// `after`, what of the message came before it.
// https://platform.openai.com/docs/guides/reasoning#encrypted-reasoning-items
//
// Rule: An item counts only once the item that it led to is one that the client
// can give back, since a model refuses reasoning without what followed it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "dialects/openai_responses/reply/event.h"

namespace onellm::dialects::openai_responses {

class ReasoningItems {
 public:
  // Where an item stands in the message.
  struct Place {
    uint32_t calls_before = 0;
    bool text_before = false;
  };

  // An item without encrypted content is no use to anybody, and left out.
  void add(const Event& event, const Item& item, Place place, const std::string& model);
  // What follows the items added last can be given back, or cannot.
  void keep() { kept_bytes_ = blocks_.size(); }
  void discard() { blocks_.resize(kept_bytes_); }

  // The array; empty: there is nothing to send back, or it would take more than kThinkingBytesMax.
  [[nodiscard]] std::string array() const;

 private:
  std::string blocks_;     // The elements of the array,
  size_t kept_bytes_ = 0;  // and how much of them counts.
  bool full_ = false;      // kThinkingBytesMax was passed. Final.
};

}  // namespace onellm::dialects::openai_responses
