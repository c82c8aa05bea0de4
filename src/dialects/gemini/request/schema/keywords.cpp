#include "dialects/gemini/request/schema/keywords.h"

#include <vector>

namespace onellm::dialects::gemini {

namespace {

constexpr SchemaTypes kNumeric = kNumberType | kIntegerType;

struct TypeRow {
  SchemaTypes type;
  std::string_view name;
};
constexpr TypeRow kTypeNames[] = {
    {kStringType, "string"},   {kIntegerType, "integer"}, {kNumberType, "number"},
    {kBooleanType, "boolean"}, {kArrayType, "array"},     {kObjectType, "object"},
};

// Keywords that the subset has too, with the types that they belong to and the type of their value.
struct KeyRow {
  SchemaTypes types;
  std::string_view from;
  std::string_view to;
  json::Type value;
};
constexpr KeyRow kSameKeys[] = {
    {kStringType, "minLength", "minLength", json::Type::kNumber},
    {kStringType, "maxLength", "maxLength", json::Type::kNumber},
    {kStringType, "pattern", "pattern", json::Type::kString},
    {kNumeric, "minimum", "minimum", json::Type::kNumber},
    {kNumeric, "maximum", "maximum", json::Type::kNumber},
    {kArrayType, "minItems", "minItems", json::Type::kNumber},
    {kArrayType, "maxItems", "maxItems", json::Type::kNumber},
    {kObjectType, "minProperties", "minProperties", json::Type::kNumber},
    {kObjectType, "maxProperties", "maxProperties", json::Type::kNumber},
    {kObjectType, "propertyOrdering", "propertyOrdering", json::Type::kArray},
};
// Keywords that are written as the nearest one of the subset, unless the schema has that one too.
constexpr KeyRow kNearKeys[] = {
    {kNumeric, "exclusiveMinimum", "minimum", json::Type::kNumber},
    {kNumeric, "exclusiveMaximum", "maximum", json::Type::kNumber},
};

// Gemini accepts only these formats of OpenAPI and refuses the request for others.
struct FormatRow {
  SchemaTypes type;
  std::string_view name;
};
constexpr FormatRow kFormats[] = {
    {kStringType, "date-time"}, {kNumberType, "float"},  {kNumberType, "double"},
    {kIntegerType, "int32"},    {kIntegerType, "int64"},
};

// The values of enum or const that have the type. Empty texts are left out, because Gemini refuses them.
std::vector<const SchemaNode*> find_values(const SchemaSources& sources, SchemaTypes type) {
  std::vector<const SchemaNode*> values;
  const auto take = [&](const SchemaNode& value) {
    const SchemaTypes of_value = type_of_value(value);
    const bool fits = of_value == type || (type == kNumberType && of_value == kIntegerType);
    if (fits && !value.text.empty()) values.push_back(&value);
  };
  if (const SchemaNode* constant = sources.find("const"); constant != nullptr) {
    take(*constant);
  } else if (const SchemaNode* list = sources.find("enum", json::Type::kArray); list != nullptr) {
    const SchemaTree& tree = sources.tree();
    for (const SchemaNode* value = tree.first(*list); value != nullptr; value = tree.next(*value)) take(*value);
  }
  return values;
}

void write_format(json::ObjectWriter& object, const SchemaSources& sources, SchemaTypes type) {
  const SchemaNode* const format = sources.find("format", json::Type::kString);
  if (format == nullptr) return;
  for (const FormatRow& row : kFormats) {
    if (row.type == type && json::key_is(format->text, row.name)) object.add_plain("format", row.name);
  }
}

// Writes the values of an enum. Gemini needs them as strings for every type.
void write_values(json::ObjectWriter& object, const SchemaSources& sources, SchemaTypes type) {
  const std::vector<const SchemaNode*> values = find_values(sources, type);
  if (values.empty()) return write_format(object, sources, type);
  if (type != kStringType) object.add_plain("format", "enum");
  json::ArrayWriter list(object.begin("enum"));
  for (const SchemaNode* value : values) list.next().append(1, '"').append(value->text.text).append(1, '"');
}

}  // namespace

void write_type_keywords(json::ObjectWriter& object, const SchemaSources& sources, SchemaTypes type) {
  for (const TypeRow& row : kTypeNames) {
    if (row.type == type) object.add_plain("type", row.name);
  }
  write_values(object, sources, type);
  for (const KeyRow& row : kSameKeys) {
    if ((row.types & type) != 0) copy_keyword(object, sources, row.from, row.to, row.value);
  }
  for (const KeyRow& row : kNearKeys) {
    const bool is_said = sources.find(row.to, row.value) != nullptr;
    if ((row.types & type) != 0 && !is_said) copy_keyword(object, sources, row.from, row.to, row.value);
  }
}

void copy_keyword(json::ObjectWriter& object, const SchemaSources& sources, std::string_view from, std::string_view to,
                  json::Type type) {
  const SchemaNode* const value = sources.find(from, type);
  if (value != nullptr) sources.tree().write(*value, object.begin(to));
}

}  // namespace onellm::dialects::gemini
