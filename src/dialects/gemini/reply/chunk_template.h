// Reads chunks that say the same as the one before but for their text and their counts, without parsing
// them: in a stream of text nearly all are such, and the core's time for one falls to a third.
//
// Rule: What is not byte for byte the same around a text of plain ASCII without
// quotes and escapes, and around whole numbers behind a `…okenCount"`, is left to the parser; and so is
// every chunk that says anything else than a piece of text.
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
  // Remembers a chunk, if it is a piece of text and nothing else. `source` is its text, into which it
  // views. Gives up learning from streams in which no chunk is like another.
  void learn(std::string_view source, const Chunk& chunk);

  // What parsing `source` would give, but for the id, the model and the time of the reply, which the first
  // chunk has told; null if it must be parsed. Valid until the next call, and as long as `source`.
  [[nodiscard]] const Chunk* recognise(std::string_view source);

 private:
  // What stands before a number, and what the number is.
  struct Piece {
    std::string before;
    int64_t TokenCounts::*count = nullptr;  // Null: of no interest.
  };

  void learn_rest(std::string_view rest, const TokenCounts& counts);
  [[nodiscard]] bool read_rest(std::string_view rest);

  std::string before_;  // The chunk up to its text, its opening quote included; empty: nothing was learned.
  std::vector<Piece> pieces_;
  std::string end_;  // Behind the last number.
  Chunk chunk_;
  int lessons_in_vain_ = 0;
};

}  // namespace onellm::dialects::gemini
