// The nodes that together are one schema: the schema itself, the target of its $ref, the members of its allOf, and the
// only alternative of its anyOf beside null.
//
// Rule: A key is taken from the first node that has it. So a key beside a $ref wins over the target's key.
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

  // The first member with this name and type; nullptr: there is none.
  [[nodiscard]] const SchemaNode* find(std::string_view key, json::Type type) const;
  // The same for any type.
  [[nodiscard]] const SchemaNode* find(std::string_view key) const;

  // The types that the schema names, or that follow from its other keywords. Empty: unknown.
  [[nodiscard]] SchemaTypes types() const;

  [[nodiscard]] const SchemaTree& tree() const { return tree_; }
  [[nodiscard]] const std::vector<const SchemaNode*>& nodes() const { return nodes_; }

 private:
  [[nodiscard]] SchemaTypes said_types() const;
  [[nodiscard]] SchemaTypes types_of_values() const;

  const SchemaTree& tree_;
  std::vector<const SchemaNode*> nodes_;
};

// The type of a value in an enum; empty if Gemini's enum cannot have such a value.
[[nodiscard]] SchemaTypes type_of_value(const SchemaNode& value);

}  // namespace onellm::dialects::gemini
