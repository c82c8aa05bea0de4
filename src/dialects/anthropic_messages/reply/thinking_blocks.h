// Gathers the thinking of a reply for the client to send back: `"thinking_blocks":[…]`, Anthropic's own
// blocks with two members more, which say what the client's message cannot: `model`, which signed them,
// and `after`, what of the message came before them.
// https://docs.claude.com/en/docs/build-with-claude/extended-thinking#preserving-thinking-blocks
//
// Rule: All blocks or none, since a model refuses a part of its thinking. They
// are none where they would take more than kThinkingBytesMax.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "json/raw.h"

namespace onellm::dialects::anthropic_messages {

class ThinkingBlocks {
 public:
  // Where a block stands in the message.
  struct Place {
    uint32_t calls_before = 0;
    int64_t text_before = 0;  // In characters.
  };

  void open(Place place);
  [[nodiscard]] bool is_open() const { return open_; }
  // These require an open block.
  void add_text(json::RawString text);
  void sign(json::RawString signature);
  // A block without a signature is no use to anybody, and left out.
  void close(json::RawString model);

  void add_redacted(json::RawString data, Place place, json::RawString model);

  // The array; empty: there is nothing to send back.
  [[nodiscard]] std::string array() const;

 private:
  void begin(std::string_view type, std::string_view text_key);
  void end(Place place, json::RawString model);
  void add(std::string_view text);

  std::string blocks_;     // The elements of the array.
  std::string signature_;  // Of the open block.
  size_t begin_ = 0;       // Where the open block begins.
  Place place_;
  bool open_ = false;
  bool full_ = false;  // kThinkingBytesMax was passed. Final.
};

}  // namespace onellm::dialects::anthropic_messages
