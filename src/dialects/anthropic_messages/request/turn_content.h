// The content blocks of a turn, as they go back to the provider where it paused the turn in the middle of its own
// tools: word by word as they came, those of a stream put together again.
// https://docs.claude.com/en/api/handling-stop-reasons#pause-turn
//
// Reads the reply a second time, beside the flow that makes events of it: only replies to requests with such tools
// need that. What is too large, or not as the API documents it, has no content.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "json/raw.h"
#include "json/reader.h"

namespace onellm::dialects::anthropic_messages {

class TurnContent {
 public:
  // The data of one event of a stream.
  void take_event(std::string_view data);
  // A whole reply.
  void take_reply(std::string_view body);

  // An array of blocks; empty where there is none to send back. To be asked for at the end.
  [[nodiscard]] std::string array();

 private:
  // What deltas brought to the open block: the insides of JSON strings, and the elements of an array.
  struct Added {
    std::string text;
    std::string thinking;
    std::string signature;
    std::string input;
    std::string citations;
  };

  void open(std::string_view block);
  void close();
  void take_delta(json::Value& delta);
  void add(std::string& to, std::string_view more);
  [[nodiscard]] std::string whole_block(bool& is_blank_text) const;

  std::string blocks_;  // Joined with ','.
  std::string open_;    // A block that more may come of; empty: there is none.
  Added added_;
  size_t bytes_ = 0;
  bool failed_ = false;
};

}  // namespace onellm::dialects::anthropic_messages
