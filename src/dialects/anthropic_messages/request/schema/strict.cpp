// Schemas for constrained decoding: append_strict_schema of request/schema/schema.h.
#include <algorithm>
#include <iterator>
#include <string_view>

#include "dialects/anthropic_messages/request/schema/description.h"
#include "dialects/anthropic_messages/request/schema/fit.h"
#include "dialects/anthropic_messages/request/schema/schema.h"
#include "dialects/common/request/raw_values.h"
#include "json/writer.h"

namespace onellm::dialects::anthropic_messages {

namespace {

// How a keyword is rewritten.
enum class Keyword : uint8_t {
  kKept,
  kSchema,
  kSchemaList,
  kAllOf,
  kNamedSchemas,  // An object of schemas; its keys are the user's names, no keywords.
  kOneOf,
  kType,
  kFormat,
  kDescription,
  kClosed,   // additionalProperties: always false. Schemas that cannot be closed do not fit (request/schema/fit.h).
  kIgnored,  // Left out: it does not constrain the value.
  kTold,     // Moved into the description.
};

struct KeywordRow {
  std::string_view name;
  Keyword keyword;
};
constexpr KeywordRow kKeywords[] = {
    {"type", Keyword::kType},
    {"description", Keyword::kDescription},
    {"properties", Keyword::kNamedSchemas},
    {"required", Keyword::kKept},
    {"items", Keyword::kSchema},
    {"enum", Keyword::kKept},
    {"additionalProperties", Keyword::kClosed},
    {"anyOf", Keyword::kSchemaList},
    {"allOf", Keyword::kAllOf},
    {"oneOf", Keyword::kOneOf},
    {"$ref", Keyword::kKept},
    {"$defs", Keyword::kNamedSchemas},
    {"definitions", Keyword::kNamedSchemas},
    {"title", Keyword::kKept},
    {"default", Keyword::kKept},
    {"const", Keyword::kKept},
    {"format", Keyword::kFormat},
    {"$schema", Keyword::kIgnored},
    {"$id", Keyword::kIgnored},
    {"$comment", Keyword::kIgnored},
};

constexpr std::string_view kFormats[] = {R"("date-time")", R"("time")", R"("date")", R"("duration")", R"("email")",
                                         R"("hostname")",  R"("uri")",  R"("ipv4")", R"("ipv6")",     R"("uuid")"};

Keyword find_keyword(json::RawString key) {
  for (const KeywordRow& row : kKeywords) {
    if (json::key_is(key, row.name)) return row.keyword;
  }
  return Keyword::kTold;
}

// Writes one schema and the schemas in it.
class SchemaWriter {
 public:
  SchemaWriter(json::RawString description, std::string& out) : object_(out), description_(description) {}

  // `schema` must be an object.
  void write(json::Value& schema) {
    schema.each_member([this](json::RawString key, json::Value& value) { take(key, value); });
    if (is_object_) object_.add("additionalProperties", false);
    description_.write(object_);
  }

 private:
  void take(json::RawString key, json::Value& value) {
    switch (find_keyword(key)) {
      case Keyword::kKept: return object_.add(key.text, value.raw());
      case Keyword::kSchema:
        if (value.type() != json::Type::kObject) return tell(key, value.raw());
        return append(value, object_.begin(key.text));
      case Keyword::kSchemaList: return take_list(key, key.text, value);
      case Keyword::kAllOf: return take_all_of(key, value);
      case Keyword::kNamedSchemas: return take_named(key, value);
      case Keyword::kOneOf: return take_list(key, "anyOf", value);
      case Keyword::kType: return take_type(value.raw());
      case Keyword::kFormat: return take_format(key, value.raw());
      case Keyword::kDescription: return take_description(value);
      case Keyword::kClosed: is_object_ = true; return;
      case Keyword::kIgnored: return;
      case Keyword::kTold: return tell(key, value.raw());
    }
  }

  void take_type(json::Raw type) {
    if (type.text.find(R"("object")") != std::string_view::npos) is_object_ = true;
    object_.add("type", type);
  }

  void take_format(json::RawString key, json::Raw format) {
    const bool is_known = std::find(std::begin(kFormats), std::end(kFormats), format.text) != std::end(kFormats);
    if (!is_known) return tell(key, format);
    object_.add("format", format);
  }

  // anyOf and oneOf are both written as anyOf, so only the first is kept.
  void take_list(json::RawString key, std::string_view name, json::Value& value) {
    const bool is_any_of = name == "anyOf";
    if (value.type() != json::Type::kArray || (is_any_of && has_any_of_)) return tell(key, value.raw());
    has_any_of_ = has_any_of_ || is_any_of;
    json::ArrayWriter array(object_.begin(name));
    value.each_element([&array](size_t /*index*/, json::Value& element) { append(element, array.next()); });
  }

  void take_all_of(json::RawString key, json::Value& value) {
    const json::Raw list = value.raw();
    json::Raw ref;
    if (is_single_ref(list, ref)) return object_.add("$ref", ref);
    read_raw(list, [&](json::Value& copy) { take_list(key, "allOf", copy); });
  }

  void take_named(json::RawString key, json::Value& value) {
    if (json::key_is(key, "properties")) is_object_ = true;
    if (value.type() != json::Type::kObject) return tell(key, value.raw());
    json::ObjectWriter object(object_.begin(key.text));
    value.each_member(
        [&object](json::RawString name, json::Value& member) { append(member, object.begin(name.text)); });
  }

  void take_description(json::Value& value) {
    json::RawString text;
    if (value.read(text)) description_.set(text);
  }

  void tell(json::RawString key, json::Raw value) { description_.tell(key, value); }

  // A schema may also be `true` or `false`.
  static void append(json::Value& schema, std::string& out) {
    if (schema.type() == json::Type::kObject) {
      SchemaWriter({}, out).write(schema);
    } else {
      out += "{}";
    }
  }

  json::ObjectWriter object_;
  SchemaDescription description_;
  bool is_object_ = false;
  bool has_any_of_ = false;
};

}  // namespace

void append_strict_schema(json::Raw schema, json::RawString description, std::string& out) {
  read_raw(schema, [&](json::Value& root) { SchemaWriter(description, out).write(root); });
}

}  // namespace onellm::dialects::anthropic_messages
