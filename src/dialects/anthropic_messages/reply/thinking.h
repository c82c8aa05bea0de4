// The block of reasoning that is open. Its text is kept until its signature is known, because clients that send it back
// need both.
// https://docs.claude.com/en/docs/build-with-claude/extended-thinking#preserving-thinking-blocks
#pragma once

#include <cstdint>
#include <string>

#include "chat/event.h"

namespace onellm::dialects::anthropic_messages {

class OpenThinking {
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
  // Ends the block and passes on kThinkingSigned. False, and nothing is passed on, if the block has no signature: the
  // API refuses such a block.
  bool close(json::RawString model, chat::EventSink& sink);

 private:
  std::string text_;
  std::string signature_;
  Place place_;
  bool open_ = false;
  bool cut_ = false;  // kThinkingBytesMax was exceeded: the text is not kept.
};

}  // namespace onellm::dialects::anthropic_messages
