// Which call of a tool a result is of. Results name their calls, and come in any order.
//
// Rule: However many calls there are, and whatever they are named, no result is
// compared with all of them.
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

  // `call` must outlive this. All calls of a turn are added before one of them is answered.
  void add(const chat::ToolCall& call);

  // The first open call that the message is the result of, as the number of its adding; it is open no more.
  // Nothing if there is none. Functions are known by name. A message without an id means the first open call that
  // has none either, or else the first that is open.
  [[nodiscard]] std::optional<size_t> answer(const chat::Message& message);

  [[nodiscard]] bool is_open(size_t call) const { return is_open_[call]; }
  [[nodiscard]] bool any_open() const { return open_count_ > 0; }
  void clear();

 private:
  struct Entry {
    std::string_view text;
    size_t call = 0;
    size_t passed = 0;  // Of the first entry of a text: how many of that text are looked for no more.
  };
  // The calls by one of their texts, sorted; those of one text in their order. Empty until it is needed.
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
  size_t first_open_ = 0;  // Those before it are closed.
  Index by_id_;
  Index by_name_;
};

}  // namespace onellm::dialects
