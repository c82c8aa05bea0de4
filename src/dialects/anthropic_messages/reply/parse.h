// Reads the JSON of one stream event, or of a whole reply, in one pass. It keeps no state between events; ReplyFlow
// does that.
// https://docs.claude.com/en/docs/build-with-claude/streaming
#pragma once

#include <string>
#include <string_view>

#include "dialects/anthropic_messages/reply/event.h"
#include "dialects/anthropic_messages/reply/keys.h"
#include "json/buffer.h"
#include "json/reader.h"

namespace onellm::dialects::anthropic_messages {

class ReplyReader {
 public:
  // Reads `text` as one event. The result is valid until the next call. `type_of_line` is the type of the `event:`
  // line; it is used if the JSON has no `type`. Null if `text` is no event: problem() has the reason.
  [[nodiscard]] const MessageEvent* read(std::string_view text, std::string_view type_of_line);
  // Frees the buffers. The last event becomes invalid.
  void release_memory();

  // The text that was read last; the views of its event point into it.
  [[nodiscard]] std::string_view source() const { return text_.text(); }

  // Text for the error message: "is not valid JSON: …", "has a delta that is no object".
  [[nodiscard]] const std::string& problem() const { return problem_; }

 private:
  void clear();
  void read_member(json::RawString key, json::Value& value);
  void read_message_member(Key key, json::Value& value);
  void read_content(json::Value& value);
  void read_stop_details(json::Value& value);
  void read_part(json::Value& value, Part& part);
  void read_part_member(Key key, json::Value& value, Part& part);
  void read_citation(json::Value& value);
  // Keeps the first problem.
  void complain(std::string_view problem);

  json::Buffer text_;
  json::Reader json_;
  MessageEvent event_;
  json::RawString type_;
  std::string problem_;
};

}  // namespace onellm::dialects::anthropic_messages
