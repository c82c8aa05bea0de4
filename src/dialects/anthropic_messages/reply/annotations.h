// Collects the citations of a reply as OpenAI's annotations. Each annotation links a part of the text to its source.
// Anthropic sends citations per text block, and they come before the block's end is known.
// https://docs.claude.com/en/docs/build-with-claude/citations
// https://platform.openai.com/docs/api-reference/chat/object#chat-object-choices-message-annotations
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "json/raw.h"

namespace onellm::dialects::anthropic_messages {

class Annotations {
 public:
  // A text block begins at this character (code point) of the answer's text.
  void open(int64_t start);
  // Adds a source to the block that was opened last. Sources without a URL and repeated sources are left out.
  void add(json::RawString url, json::RawString title);
  // The block ends before this character.
  void close(int64_t end);

  // The JSON array; empty: no annotations, or more than kAnnotationBytesMax.
  [[nodiscard]] std::string array() const;

 private:
  struct Source {
    std::string url;
    std::string title;
  };

  std::string written_;          // The elements of the array, as JSON.
  std::vector<Source> waiting_;  // Sources of the open block, whose end is not known yet.
  size_t waiting_bytes_ = 0;
  int64_t start_ = 0;
  bool full_ = false;  // The limit was exceeded. Never reset.
};

}  // namespace onellm::dialects::anthropic_messages
