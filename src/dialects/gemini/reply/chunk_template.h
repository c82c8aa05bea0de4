// A fast path: reads a chunk without parsing if it differs from the chunk before only in its text and its token counts.
// In a stream of text nearly all chunks do, and the time per chunk falls to a third.
//
// Rule: Everything else must be the same byte for byte. The text must be plain ASCII without quotes and escapes. The
// counts must be whole numbers after a key that ends in `okenCount"`. All other chunks go to the parser, and so do
// chunks that have more than a piece of text.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "dialects/gemini/reply/parse.h"

namespace onellm::dialects::gemini {

class ChunkTemplate {
 public:
  // Remembers a chunk that has one piece of text and nothing else. `source` is the chunk's JSON, which `chunk` views.
  // Stops learning after kLessonsInVainMax chunks that no later chunk matched.
  void learn(std::string_view source, const Chunk& chunk);

  // The chunk that parsing `source` would give, without the reply's id, model and time (the first chunk has them).
  // Null: `source` must be parsed. Valid until the next call and as long as `source`.
  [[nodiscard]] const Chunk* recognise(std::string_view source);

 private:
  // The bytes before a number, and the count that the number is.
  struct Piece {
    std::string before;
    int64_t TokenCounts::*count = nullptr;  // Null: the number is ignored.
  };

  void learn_rest(std::string_view rest, const TokenCounts& counts);
  [[nodiscard]] bool read_rest(std::string_view rest);

  std::string before_;  // The chunk up to its text, with the opening quote; empty: nothing was learned.
  std::vector<Piece> pieces_;
  std::string end_;  // The bytes after the last number.
  Chunk chunk_;
  int lessons_in_vain_ = 0;
};

}  // namespace onellm::dialects::gemini
