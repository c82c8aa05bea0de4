// Reads the JSON of an event of a Responses stream, or of a whole reply, in one pass.
// Rule: It only sorts the members into typed views. ReplyFlow keeps the state of a reply.
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
  // The event in `text`, valid until the next call. `type_of_line`, from the `event:` line, is its type if the text has
  // none. Null if `text` is no event; problem() says why.
  [[nodiscard]] const Event* read(std::string_view text, std::string_view type_of_line);
  // Frees the memory of the last event. The event is then invalid.
  void release_memory();

  // For error messages: "is not valid JSON: …", "has an item that is no object".
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
