// How readers of replies take the values that they pass on.
#pragma once

#include <string>

#include "json/reader.h"
#include "json/writer.h"

namespace onellm::dialects {

// A string, or nothing where the value is null or of another type.
inline json::RawString text_or_nothing(json::Value& value) {
  json::RawString text;
  return value.read(text) ? text : json::RawString{};
}

// Adds a member to raw members; returns true unless it is null.
inline bool add_extra(std::string& members, json::RawString key, json::Value& value) {
  const json::Raw raw = value.raw();
  if (raw.empty()) return false;
  json::append_member(members, key, raw);
  return raw.text != "null";
}

}  // namespace onellm::dialects
