// Converts positions in a text from bytes to characters: Gemini gives the place of a source in bytes of UTF-8, OpenAI
// in characters.
//
// It stores no text, only the places where the byte width of the characters changes (none in English text).
//
// Rule: At most kTextRunsMax such places. After that knows() is false.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "json/raw.h"

namespace onellm::dialects::gemini {

class TextMap {
 public:
  void append(json::RawString text);

  // The number of UTF-8 bytes of the text so far.
  [[nodiscard]] int64_t bytes() const { return end_.bytes; }

  // The number of characters before a byte. A position past the end counts as the end.
  [[nodiscard]] int64_t characters_before(int64_t byte) const;

  // False once the width has changed too often.
  [[nodiscard]] bool knows() const { return knows_; }

 private:
  // The start of a run of characters with the same width.
  struct Run {
    int64_t bytes = 0;
    int64_t characters = 0;
    int64_t width = 1;  // Bytes per character; 0 for one half of a surrogate pair.
  };

  void add(int64_t width, int64_t bytes);

  std::vector<Run> runs_;  // Empty as long as the text is ASCII.
  Run end_;
  bool knows_ = true;
};

}  // namespace onellm::dialects::gemini
