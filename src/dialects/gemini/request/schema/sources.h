// The nodes that together are one schema: the schema itself, what its $ref points to, the members of its
// allOf, and the one thing that its anyOf leaves to choose beside null. A key is taken from the first node
// that has it, so that what stands beside a $ref wins over what it points to.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "dialects/gemini/request/schema/tree.h"

namespace onellm::dialects::gemini {

// The types of JSON Schema, as bits of a set.
enum SchemaType : uint8_t {
  kStringType = 1,
  kNumberType = 2,
  kIntegerType = 4,
  kBooleanType = 8,
  kArrayType = 16,
  kObjectType = 32,
  kNullType = 64,
};
using SchemaTypes = uint8_t;

class SchemaSources {
 public:
  explicit SchemaSources(const SchemaTree& tree) : tree_(tree) {}

  void add(const SchemaNode& node) { nodes_.push_back(&node); }
  [[nodiscard]] bool has(const SchemaNode& node) const;

  // The first member of that name and type; nullptr: there is none.
  [[nodiscard]] const SchemaNode* find(std::string_view key, json::Type type) const;
  // The same of any type.
  [[nodiscard]] const SchemaNode* find(std::string_view key) const;

  // What the schema says of its type, or lets one conclude. Empty: nothing.
  [[nodiscard]] SchemaTypes types() const;

  [[nodiscard]] const SchemaTree& tree() const { return tree_; }
  [[nodiscard]] const std::vector<const SchemaNode*>& nodes() const { return nodes_; }

 private:
  [[nodiscard]] SchemaTypes said_types() const;
  [[nodiscard]] SchemaTypes types_of_values() const;

  const SchemaTree& tree_;
  std::vector<const SchemaNode*> nodes_;
};

// The type of a value that an enum lists; empty for what cannot stand in Gemini's.
[[nodiscard]] SchemaTypes type_of_value(const SchemaNode& value);

}  // namespace onellm::dialects::gemini
