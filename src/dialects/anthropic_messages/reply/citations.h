// Collects the sources of a reply. Anthropic sends them per text block, and they come before the block's end is known.
// https://docs.claude.com/en/docs/build-with-claude/citations
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "chat/event.h"
#include "dialects/anthropic_messages/reply/event.h"

namespace onellm::dialects::anthropic_messages {

class Citations {
 public:
  // A text block begins at this character (code point) of the answer's text.
  void open(int64_t start);
  // Adds a source to the block that was opened last. Leaves out a source without a URL, a repeated one, and all that
  // come after kAnnotationBytesMax is reached.
  void add(const Citation& citation);
  // The block ends before this character.
  void close(int64_t end);

  // Passes on the sources of closed blocks. True if there were some, now or before.
  bool hand_on(chat::EventSink& sink);

 private:
  struct Source {
    std::string url;
    std::string title;
    std::string quote;
    std::string reference;
    int64_t begin = 0;
    int64_t end = 0;
  };

  std::vector<Source> sources_;  // Those that wait; at first those of closed blocks.
  size_t closed_ = 0;            // How many are of closed blocks.
  size_t bytes_ = 0;             // Of all sources so far, as take_room() counts them.
  size_t more_bytes_ = 0;  // Of their quotes and references. Those that would exceed kAnnotationBytesMax are empty.
  int64_t start_ = 0;
};

}  // namespace onellm::dialects::anthropic_messages
