// Where the characters of a text are by its bytes: Gemini says which part of an answer a source is for in
// bytes of UTF-8, OpenAI in characters.
//
// Keeps no text, but the places where the width of its characters changes: nothing for English, and for
// the longest answers in any language at most kTextRunsMax of them. Past that it does not know.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "json/raw.h"

namespace onellm::dialects::gemini {

class TextMap {
 public:
  void append(json::RawString text);

  // How many bytes of UTF-8 the text has so far.
  [[nodiscard]] int64_t bytes() const { return end_.bytes; }

  // How many characters stand before a byte; one past the end counts as the end.
  [[nodiscard]] int64_t characters_before(int64_t byte) const;

  // False once the text had too many changes of width.
  [[nodiscard]] bool knows() const { return knows_; }

 private:
  // Where characters of one width begin.
  struct Run {
    int64_t bytes = 0;
    int64_t characters = 0;
    int64_t width = 1;  // Bytes of each; 0 for what is the second half of a character.
  };

  void add(int64_t width, int64_t bytes);

  std::vector<Run> runs_;  // Empty as long as all is ASCII.
  Run end_;
  bool knows_ = true;
};

}  // namespace onellm::dialects::gemini
