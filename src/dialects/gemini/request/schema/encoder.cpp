#include "dialects/gemini/request/schema/encoder.h"

#include <string_view>

#include "dialects/common/request/raw_values.h"
#include "dialects/gemini/request/schema/converter.h"
#include "json/reader.h"

namespace onellm::dialects::gemini {

namespace {

// True of the schema of an object without properties.
bool is_empty_object_schema(json::Raw schema) {
  bool is_empty = true;
  const auto take = [&is_empty](json::RawString key, json::Value& value) {
    if (json::key_is(key, "type")) {
      json::RawString type;
      is_empty = is_empty && value.read(type) && json::key_is(type, "object");
    } else if (json::key_is(key, "properties")) {
      value.each_member([&is_empty](json::RawString, json::Value&) { is_empty = false; });
    } else if (json::key_is(key, "additionalProperties")) {
      bool allowed = true;
      is_empty = is_empty && value.read(allowed) && !allowed;
    } else {
      for (const std::string_view other : {"$ref", "anyOf", "oneOf", "allOf", "patternProperties"}) {
        if (json::key_is(key, other)) is_empty = false;
      }
    }
  };
  read_raw(schema, [&take](json::Value& root) { root.each_member(take); });
  return is_empty;
}

}  // namespace

bool encode_schema(RequestDraft& draft, json::Raw schema, const std::string& path, std::string& out) {
  if (schema.empty() || is_empty_object_schema(schema)) return false;
  if (draft.rules.takes_schemas) {
    out += schema.text;
    return true;
  }
  std::string converted;
  const char* const complaint = convert_schema(schema, draft.schemas, converted);
  if (complaint != nullptr) {
    draft.refuse(path, complaint);
  } else if (is_empty_object_schema({converted})) {
    return false;  // Its only constraints are not in the subset.
  }
  out += converted;
  return true;
}

}  // namespace onellm::dialects::gemini
