// Recognises, without parsing, a chunk that differs from an earlier one only in its text. Most hosts send such chunks:
// the core's time for a stream of 200 chunks falls from 355 to 215 µs. Hosts that pad each chunk differently
// (OpenAI's `obfuscation`) send none.
//
// Rule: A chunk is recognised only if all bytes around the text are the same, and the text is plain ASCII without
// quotes and escapes. Everything else, and every chunk that changes the answer's state, goes to the parser.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "chat/event.h"

namespace onellm::dialects {

class RepeatedChunk {
 public:
  // Remembers a chunk (`source`) that gave only `event`. event.text must be a view into `source`; otherwise, or if the
  // event is not text or reasoning, or has details, nothing is remembered. Stops learning in a stream whose chunks are
  // never alike.
  void learn(std::string_view source, const chat::Event& event);

  // Forgets the learned chunk.
  void forget() { before_.clear(); }

  // The event of `source`, or null if it must be parsed. The event is valid until the next call and while `source`
  // lives.
  [[nodiscard]] const chat::Event* recognise(std::string_view source);

 private:
  std::string before_;  // The chunk up to its text, with the opening quote.
  std::string after_;   // The chunk after its text, with the closing quote.
  chat::Event event_;   // Its views point into the strings below.
  std::string delta_extra_;
  std::string choice_extra_;
  std::string reply_extra_;
  int lessons_in_vain_ = 0;
};

}  // namespace onellm::dialects
