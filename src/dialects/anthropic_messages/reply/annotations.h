// Gathers the citations of a reply as OpenAI's annotations: each says which part of the text was taken
// from where. Anthropic cites block by block, and a block's citations come before its text is known.
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
  // Of the block opened last. A place that the client has no link to (`url` is empty) is left out, and so
  // is one that the block named already.
  void add(json::RawString url, json::RawString title);
  // The block ends before this character.
  void close(int64_t end);

  // The array; empty: there are none, or they would take more than kAnnotationBytesMax.
  [[nodiscard]] std::string array() const;

 private:
  struct Source {
    std::string url;
    std::string title;
  };

  std::string written_;          // The elements of the array.
  std::vector<Source> waiting_;  // Of the open block, whose end is not known yet.
  size_t waiting_bytes_ = 0;
  int64_t start_ = 0;
  bool full_ = false;  // The limit was passed. Final.
};

}  // namespace onellm::dialects::anthropic_messages
