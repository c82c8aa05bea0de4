#include "dialects/anthropic_messages/request/schema/schema.h"

#include "dialects/anthropic_messages/request/schema/description.h"
#include "dialects/common/request/raw_values.h"
#include "json/writer.h"

namespace onellm::dialects::anthropic_messages {

namespace {

enum class RootType : uint8_t { kObject, kUnsaid, kObjectAmongOthers, kOther };

struct Root {
  RootType type = RootType::kUnsaid;
  bool is_union = false;
};

bool joins_schemas(json::RawString key) {
  return json::key_is(key, "anyOf") || json::key_is(key, "oneOf") || json::key_is(key, "allOf");
}

RootType read_type(json::Value& value) {
  RootType type = RootType::kOther;
  json::RawString word;
  if (value.type() == json::Type::kString) {
    return value.read(word) && json::key_is(word, "object") ? RootType::kObject : RootType::kOther;
  }
  value.each_element([&](size_t /*index*/, json::Value& element) {
    if (element.read(word) && json::key_is(word, "object")) type = RootType::kObjectAmongOthers;
  });
  return type;
}

Root read_root(json::Raw schema) {
  Root root;
  read_raw(schema, [&root](json::Value& value) {
    value.each_member([&root](json::RawString key, json::Value& member) {
      if (json::key_is(key, "type")) root.type = read_type(member);
      root.is_union |= joins_schemas(key);
    });
  });
  return root;
}

// Appends the schema with `"type":"object"` and without unions at the root; they are moved into the description.
void append_as_object(json::Raw schema, std::string& out) {
  read_raw(schema, [&out](json::Value& value) {
    json::ObjectWriter object(out);
    SchemaDescription description;
    object.add("type", json::RawString{"object"});
    value.each_member([&](json::RawString key, json::Value& member) {
      json::RawString text;
      if (joins_schemas(key)) return description.tell(key, member.raw());
      if (json::key_is(key, "description") && member.read(text)) return description.set(text);
      if (!json::key_is(key, "type")) object.add(key.text, member.raw());
    });
    description.write(object);
  });
}

}  // namespace

void append_input_schema(json::Raw parameters, SplicedText& body) {
  if (parameters.empty()) {
    body.text() += R"({"type":"object","properties":{}})";
    return;
  }
  const Root root = read_root(parameters);
  switch (root.type) {
    case RootType::kObject:
      if (!root.is_union) return body.append(parameters.text);
      return append_as_object(parameters, body.text());
    case RootType::kUnsaid:
    case RootType::kObjectAmongOthers: return append_as_object(parameters, body.text());
    case RootType::kOther:
      body.text() += R"({"type":"object","properties":{"value":)";
      body.append(parameters.text);
      body.text() += R"(},"required":["value"]})";
      return;
  }
}

bool is_plain_object(json::Raw schema) {
  const Root root = read_root(schema);
  return root.type == RootType::kObject && !root.is_union;
}

}  // namespace onellm::dialects::anthropic_messages
