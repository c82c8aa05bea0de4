// Builds the description of a schema that is rewritten: the author's text, then in braces the keywords that the API
// does not support.
#pragma once

#include <string>

#include "json/raw.h"
#include "json/writer.h"

namespace onellm::dialects::anthropic_messages {

class SchemaDescription {
 public:
  explicit SchemaDescription(json::RawString text = {}) : text_(text) {}

  void set(json::RawString text) { text_ = text; }
  void tell(json::RawString keyword, json::Raw value);
  // Writes the member `description`, unless it would be empty.
  void write(json::ObjectWriter& schema) const;

 private:
  json::RawString text_;
  std::string told_;
};

}  // namespace onellm::dialects::anthropic_messages
