// The description of a schema while the schema is rewritten: what its author wrote, and behind it, in
// braces, what can only be told in words where the API does not take it.
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
  // Nothing where there is nothing to say.
  void write(json::ObjectWriter& schema) const;

 private:
  json::RawString text_;
  std::string told_;
};

}  // namespace onellm::dialects::anthropic_messages
