#include "dialects/common/schema/strict_schema.h"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <set>
#include <string>
#include <string_view>

#include "dialects/common/request/raw_values.h"
#include "json/reader.h"

namespace onellm::dialects {

namespace {

using json::Type;

constexpr size_t kDepthMax = 10;  // OpenAI's limit for objects within objects.

enum class Keyword : uint8_t {
  kType,
  kProperties,
  kRequired,
  kClosed,  // additionalProperties
  kSchema,
  kSchemaList,
  kNamedSchemas,
  kFormat,
  kFree,     // Any value does.
  kRefused,  // All others.
};

struct KeywordRow {
  std::string_view name;
  Keyword keyword;
};
constexpr KeywordRow kKeywords[] = {
    {"type", Keyword::kType},
    {"description", Keyword::kFree},
    {"properties", Keyword::kProperties},
    {"required", Keyword::kRequired},
    {"additionalProperties", Keyword::kClosed},
    {"items", Keyword::kSchema},
    {"enum", Keyword::kFree},
    {"anyOf", Keyword::kSchemaList},
    {"$ref", Keyword::kFree},
    {"$defs", Keyword::kNamedSchemas},
    {"definitions", Keyword::kNamedSchemas},
    {"const", Keyword::kFree},
    {"title", Keyword::kFree},
    {"$schema", Keyword::kFree},
    {"format", Keyword::kFormat},
    {"pattern", Keyword::kFree},
    {"minimum", Keyword::kFree},
    {"maximum", Keyword::kFree},
    {"exclusiveMinimum", Keyword::kFree},
    {"exclusiveMaximum", Keyword::kFree},
    {"multipleOf", Keyword::kFree},
    {"minItems", Keyword::kFree},
    {"maxItems", Keyword::kFree},
};

constexpr std::string_view kFormats[] = {"date-time", "time", "date", "duration", "email",
                                         "hostname",  "ipv4", "ipv6", "uuid"};

Keyword find_keyword(json::RawString key) {
  for (const KeywordRow& row : kKeywords) {
    if (json::key_is(key, row.name)) return row.keyword;
  }
  return Keyword::kRefused;
}

bool is_word(json::Value& value, std::string_view word) {
  json::RawString text;
  return value.read(text) && json::key_is(text, word);
}

// Reads one schema and those in it.
class Checker {
 public:
  explicit Checker(size_t depth) : depth_(depth) {}

  // True if the schema may be strict. `needs_object`: and its value is an object.
  bool check(json::Value& schema, bool needs_object) {
    if (depth_ > kDepthMax) return false;
    const bool is_schema = schema.each_member([this](json::RawString key, json::Value& value) {
      if (good_) good_ = take(find_keyword(key), value);
    });
    if (!is_schema || !good_ || (needs_object && !is_object_)) return false;
    const bool has_properties = !properties_.empty() || !required_.empty();
    return is_object_ ? is_closed_ && properties_ == required_ : !has_properties;
  }

 private:
  bool take(Keyword keyword, json::Value& value) {
    switch (keyword) {
      case Keyword::kType: return take_type(value);
      case Keyword::kProperties: return take_named(value, &properties_);
      case Keyword::kNamedSchemas: return take_named(value, nullptr);
      case Keyword::kRequired: return take_required(value);
      case Keyword::kClosed: is_closed_ = value.read(is_open_) && !is_open_; return is_closed_;
      case Keyword::kSchema: return Checker(depth_ + 1).check(value, false);
      case Keyword::kSchemaList: return take_list(value);
      case Keyword::kFormat: return take_format(value);
      case Keyword::kFree: return true;
      case Keyword::kRefused: return false;
    }
    __builtin_unreachable();
  }

  bool take_type(json::Value& value) {
    if (value.type() == Type::kString) {
      is_object_ = is_word(value, "object");
      return true;
    }
    return value.each_element([this](size_t, json::Value& element) {
      if (is_word(element, "object")) is_object_ = true;
    });
  }

  bool take_named(json::Value& value, std::set<std::string>* names) {
    bool good = true;
    const bool is_map = value.each_member([&](json::RawString key, json::Value& schema) {
      if (names != nullptr) names->insert(json::unescape(key));
      if (good) good = Checker(depth_ + 1).check(schema, false);
    });
    return is_map && good;
  }

  bool take_list(json::Value& value) {
    bool good = true;
    const bool is_list = value.each_element([&](size_t, json::Value& schema) {
      if (good) good = Checker(depth_).check(schema, false);
    });
    return is_list && good;
  }

  bool take_required(json::Value& value) {
    bool good = true;
    const bool is_list = value.each_element([&](size_t, json::Value& element) {
      json::RawString name;
      good = good && element.read(name);
      required_.insert(json::unescape(name));
    });
    return is_list && good;
  }

  static bool take_format(json::Value& value) {
    json::RawString format;
    return value.read(format) && std::any_of(std::begin(kFormats), std::end(kFormats),
                                             [&](std::string_view name) { return json::key_is(format, name); });
  }

  size_t depth_;
  bool good_ = true;
  bool is_object_ = false;
  bool is_open_ = true;
  bool is_closed_ = false;
  std::set<std::string> properties_;
  std::set<std::string> required_;
};

}  // namespace

bool may_be_strict(json::Raw schema) {
  bool good = false;
  read_raw(schema, [&good](json::Value& value) { good = Checker(0).check(value, true); });
  return good;
}

}  // namespace onellm::dialects
