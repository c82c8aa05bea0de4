// Which tool call of a choice a fragment belongs to. OpenAI numbers the calls of a message densely from 0
// and names each once; hosts leave the number out, start it at 1, give all calls the number 0, leave out
// ids, or repeat an empty name.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "dialects/openai_chat/reply/parse.h"

namespace onellm::dialects::openai_chat {

// What is known of one call.
struct TrackedToolCall {
  static constexpr uint64_t kNothingHeard = 0xCBF29CE484222325;

  // Takes a fragment of the arguments as it arrives. False where the host repeats, letter by letter, an object of
  // arguments that is whole: two of them in a row are no JSON, so the second says nothing.
  [[nodiscard]] bool hear(json::RawString fragment);
  // Takes a fragment of the arguments that is handed on.
  void follow(json::RawString fragment);
  // The arguments are one whole JSON value, as far as brackets can tell. Required: there are some.
  [[nodiscard]] bool is_whole() const { return depth <= 0 && !in_string; }

  int64_t wire_index = -1;
  std::string id = {};    // As the host gave it, or empty.
  std::string name = {};  // Likewise.
  bool custom = false;
  bool opened = false;  // kToolCallOpened was handed on.
  bool has_arguments = false;

  // Of a call whose turn has not come: what it will say.
  std::string held_arguments = {};
  std::string held_extra = {};

  // Of all arguments that arrived.
  uint64_t heard_hash = kNothingHeard;
  size_t heard_bytes = 0;

  // Where in its JSON the arguments are.
  int depth = 0;
  bool in_string = false;
  bool after_backslash = false;
};

class ToolCallTable {
 public:
  // The dense number of the call that the fragment belongs to, with what the fragment says of it filled
  // in where it was unknown. kToolCallsMax if there would be too many, or too much to call them by.
  [[nodiscard]] size_t place(const Piece& fragment);

  [[nodiscard]] TrackedToolCall& at(size_t call) { return calls_[call]; }
  [[nodiscard]] size_t count() const { return calls_.size(); }

 private:
  // The call, or count() if the fragment begins a new one.
  [[nodiscard]] size_t find(const Piece& fragment) const;
  [[nodiscard]] size_t find_by_index(const Piece& fragment) const;
  void keep(json::RawString text, std::string& in);

  std::vector<TrackedToolCall> calls_;
  size_t current_ = 0;  // Where the last fragment went.
  size_t named_bytes_ = 0;
};

}  // namespace onellm::dialects::openai_chat
