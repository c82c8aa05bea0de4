// Helpers for readers of replies: read a text, or keep a member raw.
#pragma once

#include <string>

#include "json/reader.h"
#include "json/writer.h"

namespace onellm::dialects {

// The string; empty if the value is null or of another type.
inline json::RawString text_or_nothing(json::Value& value) {
  json::RawString text;
  return value.read(text) ? text : json::RawString{};
}

// Appends a member to raw members. True if something was appended and the value is not null.
inline bool add_extra(std::string& members, json::RawString key, json::Value& value) {
  const json::Raw raw = value.raw();
  if (raw.empty()) return false;
  json::append_member(members, key, raw);
  return raw.text != "null";
}

}  // namespace onellm::dialects
