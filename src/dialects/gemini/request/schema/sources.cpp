#include "dialects/gemini/request/schema/sources.h"

#include <algorithm>

namespace onellm::dialects::gemini {

namespace {

struct TypeName {
  std::string_view name;
  SchemaTypes type;
};
constexpr TypeName kTypes[] = {
    {"string", kStringType}, {"number", kNumberType}, {"integer", kIntegerType}, {"boolean", kBooleanType},
    {"array", kArrayType},   {"object", kObjectType}, {"null", kNullType},
};

SchemaTypes type_named(const SchemaNode& node) {
  if (node.type != json::Type::kString) return 0;
  for (const TypeName& row : kTypes) {
    if (json::key_is(node.text, row.name)) return row.type;
  }
  return 0;
}

SchemaTypes joined(SchemaTypes a, SchemaTypes b) { return static_cast<SchemaTypes>(a | b); }

}  // namespace

SchemaTypes type_of_value(const SchemaNode& value) {
  switch (value.type) {
    case json::Type::kString: return kStringType;
    case json::Type::kNumber: return value.is_integer ? kIntegerType : kNumberType;
    case json::Type::kBoolean: return kBooleanType;
    case json::Type::kNull: return kNullType;
    case json::Type::kArray:
    case json::Type::kObject:
    case json::Type::kNone: return 0;
  }
  __builtin_unreachable();
}

bool SchemaSources::has(const SchemaNode& node) const {
  return std::find(nodes_.begin(), nodes_.end(), &node) != nodes_.end();
}

const SchemaNode* SchemaSources::find(std::string_view key, json::Type type) const {
  for (const SchemaNode* node : nodes_) {
    const SchemaNode* const found = tree_.member(*node, key);
    if (found != nullptr && found->type == type) return found;
  }
  return nullptr;
}

const SchemaNode* SchemaSources::find(std::string_view key) const {
  for (const SchemaNode* node : nodes_) {
    const SchemaNode* const found = tree_.member(*node, key);
    if (found != nullptr) return found;
  }
  return nullptr;
}

SchemaTypes SchemaSources::types() const {
  const SchemaTypes said = said_types();
  const SchemaTypes listed = types_of_values();
  if ((said & ~kNullType) != 0) return joined(said, listed & kNullType);
  if ((listed & ~kNullType) != 0) return joined(said, listed);
  if (find("properties") != nullptr) return joined(said, kObjectType);
  if (find("items") != nullptr || find("prefixItems") != nullptr) return joined(said, kArrayType);
  return joined(said, listed);
}

SchemaTypes SchemaSources::said_types() const {
  const SchemaNode* const type = find("type");
  if (type == nullptr) return 0;
  SchemaTypes types = type_named(*type);
  if (type->type == json::Type::kArray) {
    for (const SchemaNode* one = tree_.first(*type); one != nullptr; one = tree_.next(*one)) {
      types = joined(types, type_named(*one));
    }
  }
  return types;
}

SchemaTypes SchemaSources::types_of_values() const {
  const SchemaNode* const constant = find("const");
  if (constant != nullptr) return type_of_value(*constant);
  const SchemaNode* const list = find("enum", json::Type::kArray);
  SchemaTypes types = 0;
  if (list == nullptr) return types;
  for (const SchemaNode* value = tree_.first(*list); value != nullptr; value = tree_.next(*value)) {
    types = joined(types, type_of_value(*value));
  }
  // `number` includes `integer`.
  if ((types & kNumberType) != 0) types = static_cast<SchemaTypes>(types & ~kIntegerType);
  return types;
}

}  // namespace onellm::dialects::gemini
