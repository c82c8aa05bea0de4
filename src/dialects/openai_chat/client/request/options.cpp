#include "dialects/openai_chat/client/request/options.h"

namespace onellm::dialects::openai_chat {

namespace {

using chat::ResponseFormat;
using chat::ResponseFormatKind;
using json::key_is;

void take_json_schema(FieldReader& fields, json::Value& value, ResponseFormat& format) {
  fields.members(value, [&](json::RawString key, json::Value& member) {
    if (key_is(key, "name")) fields.text_not_empty(member, format.name);
    if (key_is(key, "description")) fields.text(member, format.description);
    if (key_is(key, "schema")) fields.object(member, format.schema);
    if (key_is(key, "strict")) fields.boolean(member, format.strict);
  });
  fields.require(!format.name.empty(), "name");
}

ResponseFormatKind read_format_type(FieldReader& fields, json::Value& value) {
  json::RawString type;
  fields.text(value, type);
  if (key_is(type, "text")) return ResponseFormatKind::kText;
  if (key_is(type, "json_object")) return ResponseFormatKind::kJsonObject;
  if (key_is(type, "json_schema")) return ResponseFormatKind::kJsonSchema;
  fields.note_foreign_type();
  return ResponseFormatKind::kForeign;
}

// Complains if the key was in the object before. If a flag is given twice, the gateway and the provider might use
// different values.
void note_once(FieldReader& fields, bool& seen) {
  if (seen) fields.complain("is given twice");
  seen = true;
}

}  // namespace

ResponseFormat decode_response_format(FieldReader& fields, json::Value& value) {
  ResponseFormat format;
  bool has_type = false;
  bool has_schema = false;
  fields.members(value, [&](json::RawString key, json::Value& member) {
    if (key_is(key, "type")) {
      has_type = true;
      format.kind = read_format_type(fields, member);
    } else if (key_is(key, "json_schema") && format.kind != ResponseFormatKind::kForeign) {
      has_schema = true;
      take_json_schema(fields, member, format);
    }
  });
  fields.require(has_type, "type");
  fields.require(has_schema || format.kind != ResponseFormatKind::kJsonSchema, "json_schema");
  return format;
}

bool decode_stream_options(FieldReader& fields, json::Value& value) {
  bool include_usage = false;
  bool seen = false;
  fields.all_members(value, [&](json::RawString key, json::Value& member) {
    if (!key_is(key, "include_usage")) return;
    note_once(fields, seen);
    if (!member.is_null()) fields.boolean(member, include_usage);
  });
  return include_usage;
}

}  // namespace onellm::dialects::openai_chat
