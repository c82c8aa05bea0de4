#include "dialects/anthropic_messages/request/schema/description.h"

namespace onellm::dialects::anthropic_messages {

void SchemaDescription::tell(json::RawString keyword, json::Raw value) {
  if (!told_.empty()) told_ += ", ";
  told_ += keyword.text;
  told_ += ": ";
  json::escape_to(told_, value.text);
}

void SchemaDescription::write(json::ObjectWriter& schema) const {
  if (text_.empty() && told_.empty()) return;
  std::string& out = schema.begin("description");
  out += '"';
  out += text_.text;
  if (!told_.empty()) {
    out += text_.empty() ? "{" : " {";
    out += told_;
    out += '}';
  }
  out += '"';
}

}  // namespace onellm::dialects::anthropic_messages
