// Finds the tool call that a result belongs to. Results name their calls and come in any order.
//
// Rule: A result is never compared with all calls, however many there are and whatever their names.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "chat/request.h"

namespace onellm::dialects {

class CallPairs {
 public:
  CallPairs() = default;
  CallPairs(const CallPairs&) = delete;
  CallPairs& operator=(const CallPairs&) = delete;

  // `call` must outlive this object. Add all calls of a turn before the first answer().
  void add(const chat::ToolCall& call);

  // Finds the first open call (one without a result) for this result and closes it. Returns its number in the order of
  // add(), or nullopt. Functions are matched by name. A message without an id matches the first open call without an
  // id, else the first open call.
  [[nodiscard]] std::optional<size_t> answer(const chat::Message& message);

  [[nodiscard]] bool is_open(size_t call) const { return is_open_[call]; }
  [[nodiscard]] bool any_open() const { return open_count_ > 0; }
  void clear();

 private:
  struct Entry {
    std::string_view text;
    size_t call = 0;
    size_t passed = 0;  // In the first entry of a text: how many entries of that text to skip.
  };
  // The calls sorted by one of their texts (id or name); equal texts keep their order. Empty until needed.
  struct Index {
    std::string texts;  // Without escapes.
    std::vector<Entry> entries;
  };

  void fill(Index& index, json::RawString chat::ToolCall::*text) const;
  [[nodiscard]] std::optional<size_t> find(Index& index, json::RawString text) const;
  [[nodiscard]] std::optional<size_t> find_open(const chat::Message& message);

  std::vector<const chat::ToolCall*> calls_;
  std::vector<bool> is_open_;
  size_t open_count_ = 0;
  size_t first_open_ = 0;  // All calls before it are closed.
  Index by_id_;
  Index by_name_;
};

}  // namespace onellm::dialects
