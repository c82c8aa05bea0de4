// Finds the tool call of a choice that a fragment belongs to. OpenAI numbers the calls 0, 1, 2… and sends each name
// once. Other hosts leave out the number, start at 1, number all calls 0, leave out ids, or repeat an empty name.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "dialects/openai_chat/reply/parse.h"

namespace onellm::dialects::openai_chat {

// The state of one call.
struct TrackedToolCall {
  static constexpr uint64_t kNothingHeard = 0xCBF29CE484222325;

  // Records a fragment of the arguments as it arrives. False if the fragment repeats exactly all arguments so far and
  // they are a whole object. Two objects in a row are not JSON, so the repetition is ignored.
  [[nodiscard]] bool hear(json::RawString fragment);
  // Records a fragment of the arguments that is passed on.
  void follow(json::RawString fragment);
  // True if the arguments are one complete JSON value, judged by brackets and quotes. Requires has_arguments.
  [[nodiscard]] bool is_whole() const { return depth <= 0 && !in_string; }

  int64_t wire_index = -1;
  std::string id = {};    // As the host sent it, or empty.
  std::string name = {};  // Likewise.
  bool custom = false;
  bool opened = false;  // kToolCallOpened was passed on.
  bool has_arguments = false;

  // Held until all earlier calls are complete.
  std::string held_arguments = {};
  std::string held_extra = {};

  // Of all arguments that arrived, passed on or not.
  uint64_t heard_hash = kNothingHeard;
  size_t heard_bytes = 0;

  // The position in the JSON of the arguments passed on so far.
  int depth = 0;
  bool in_string = false;
  bool after_backslash = false;
};

class ToolCallTable {
 public:
  // The number (0, 1, 2…) of the call that the fragment belongs to. Stores the fragment's id and name if they were
  // unknown. kToolCallsMax if there are too many calls, or if their ids and names are too long.
  [[nodiscard]] size_t place(const Piece& fragment);

  [[nodiscard]] TrackedToolCall& at(size_t call) { return calls_[call]; }
  [[nodiscard]] size_t count() const { return calls_.size(); }

 private:
  // The number of the call, or count() if the fragment begins a new one.
  [[nodiscard]] size_t find(const Piece& fragment) const;
  [[nodiscard]] size_t find_by_index(const Piece& fragment) const;
  void keep(json::RawString text, std::string& in);

  std::vector<TrackedToolCall> calls_;
  size_t current_ = 0;  // The call of the last fragment.
  size_t named_bytes_ = 0;
};

}  // namespace onellm::dialects::openai_chat
