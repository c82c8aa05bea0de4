// A block of reasoning that a provider signed or encrypted, and that it wants back unchanged in later requests. The
// client gets it with the answer and sends it back.
#pragma once

#include <cstdint>

#include "json/raw.h"

namespace onellm::chat {

struct ThinkingBlock {
  bool redacted = false;
  json::RawString text = {};       // The reasoning; for a redacted block: its data.
  json::RawString signature = {};  // Empty for a redacted block.
  json::RawString model = {};      // The model that signed it; empty: not known.
  uint32_t place = 0;              // Index of the client's part that it was made of, if that may be another.
  uint32_t calls_before = 0;       // Number of tool calls of the message before it.
  int64_t text_before = 0;         // Number of characters of the message's text before it, or kAllText.
  static constexpr int64_t kAllText = INT64_MAX;
};

}  // namespace onellm::chat
