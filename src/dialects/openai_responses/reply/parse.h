// Reads the JSON of an event of a Responses stream, or of a whole reply, in one walk. It only sorts what
// stands there; what it means over a whole reply is ReplyFlow's business.
// https://platform.openai.com/docs/api-reference/responses-streaming
#pragma once

#include <string>
#include <string_view>

#include "dialects/openai_responses/reply/event.h"
#include "dialects/openai_responses/reply/keys.h"
#include "json/buffer.h"
#include "json/reader.h"

namespace onellm::dialects::openai_responses {

class ReplyReader {
 public:
  // The event that `text` holds, valid until the next call; its type is `type_of_line`, that of the line
  // `event:`, where the text says none. Null if it holds no event: problem() says why.
  [[nodiscard]] const Event* read(std::string_view text, std::string_view type_of_line);
  // Frees what was made for the last one, which is gone with that.
  void release_memory();

  // For people: "is not valid JSON: …", "has an item that is no object".
  [[nodiscard]] const std::string& problem() const { return problem_; }

 private:
  void read_member(Key key, json::Value& value);
  void read_response_member(Key key, json::Value& value);
  void read_output(json::Value& value);
  Item read_item(json::Value& value);
  Part read_part(json::Value& value);
  Citation read_citation(json::Value& value);
  // Keeps the first problem.
  void complain(std::string_view problem);

  json::Buffer text_;
  json::Reader json_;
  Event event_;
  json::RawString type_;
  std::string problem_;
};

}  // namespace onellm::dialects::openai_responses
