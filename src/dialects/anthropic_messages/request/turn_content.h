// Collects the content blocks of a turn, to send them back unchanged if the provider pauses the turn between steps of
// its own tools. The deltas of a stream are joined to whole blocks.
// https://docs.claude.com/en/api/handling-stop-reasons#pause-turn
//
// It parses the reply a second time, beside ReplyFlow, so it is used only if the request has such tools. Content that
// is too large or not as documented gives an empty array.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "json/raw.h"
#include "json/reader.h"

namespace onellm::dialects::anthropic_messages {

class TurnContent {
 public:
  // Takes the data of one stream event.
  void take_event(std::string_view data);
  // Takes a whole reply.
  void take_reply(std::string_view body);

  // The array of blocks as JSON; empty: nothing to send back. Call it after the last event.
  [[nodiscard]] std::string array();

 private:
  // What deltas added to the open block. Texts are escaped for a JSON string; citations are elements of an array.
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
  std::string open_;    // The start of the block that still gets deltas; empty: there is none.
  Added added_;
  size_t bytes_ = 0;
  bool failed_ = false;
};

}  // namespace onellm::dialects::anthropic_messages
