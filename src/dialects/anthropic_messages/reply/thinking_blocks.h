// Collects the thinking blocks of a reply as `"thinking_blocks":[…]`, for the client to send back. They are Anthropic's
// blocks with two more members: `model`, the model that signed them, and `after`, the calls and text before them in
// the message.
// https://docs.claude.com/en/docs/build-with-claude/extended-thinking#preserving-thinking-blocks
//
// Rule: All blocks or none, because a model refuses a part of its thinking. There are none if they would take more than
// kThinkingBytesMax.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "json/raw.h"

namespace onellm::dialects::anthropic_messages {

class ThinkingBlocks {
 public:
  // The position of a block in the message.
  struct Place {
    uint32_t calls_before = 0;
    int64_t text_before = 0;  // In characters.
  };

  void open(Place place);
  [[nodiscard]] bool is_open() const { return open_; }
  // These require an open block.
  void add_text(json::RawString text);
  void sign(json::RawString signature);
  // Ends the block. A block without a signature is left out, because the API refuses it.
  void close(json::RawString model);

  void add_redacted(json::RawString data, Place place, json::RawString model);

  // The JSON array; empty: there is nothing to send back.
  [[nodiscard]] std::string array() const;

 private:
  void begin(std::string_view type, std::string_view text_key);
  void end(Place place, json::RawString model);
  void add(std::string_view text);

  std::string blocks_;     // The elements of the array, as JSON.
  std::string signature_;  // Signature of the open block.
  size_t begin_ = 0;       // Start of the open block in blocks_.
  Place place_;
  bool open_ = false;
  bool full_ = false;  // kThinkingBytesMax was exceeded. Never reset.
};

}  // namespace onellm::dialects::anthropic_messages
