#include "dialects/gemini/request/schema/gatherer.h"

#include <utility>

#include "base/limits.h"

namespace onellm::dialects::gemini {

GatheredSchema SchemaGatherer::gather(const SchemaNode& node) {
  GatheredSchema schema{.sources = SchemaSources(tree_), .branches = {}};
  add(node, schema);
  return schema;
}

void SchemaGatherer::complain(const char* complaint) {
  if (complaint_ == nullptr) complaint_ = complaint;
}

void SchemaGatherer::add(const SchemaNode& node, GatheredSchema& schema) {
  // A schema may be true or false; the subset has only {} for both.
  if (node.type != json::Type::kObject || schema.sources.has(node)) return;
  if (schema.sources.nodes().size() == kSchemaSourcesMax || ++gathered_ > kSchemaNodesMax) {
    complain("is too large once its $refs are inlined, or one of them leads back to itself");
  }
  if (complaint_ != nullptr) return;
  schema.sources.add(node);
  add_target(node, schema);
  if (const SchemaNode* all = tree_.member(node, "allOf"); all != nullptr) {
    for (const SchemaNode* one = tree_.first(*all); one != nullptr; one = tree_.next(*one)) add(*one, schema);
  }
  add_choice(node, "anyOf", schema);
  add_choice(node, "oneOf", schema);
}

void SchemaGatherer::add_target(const SchemaNode& node, GatheredSchema& schema) {
  const SchemaNode* const reference = tree_.member(node, "$ref");
  if (reference == nullptr) return;
  const SchemaNode* const target = reference->type == json::Type::kString ? tree_.resolve(reference->text) : nullptr;
  if (target == nullptr) return complain("holds a $ref that does not point into it");
  add(*target, schema);
}

void SchemaGatherer::add_choice(const SchemaNode& node, std::string_view key, GatheredSchema& schema) {
  const SchemaNode* const list = tree_.member(node, key);
  if (list == nullptr || list->type != json::Type::kArray) return;
  std::vector<const SchemaNode*> branches;
  for (const SchemaNode* one = tree_.first(*list); one != nullptr; one = tree_.next(*one)) {
    SchemaSources alone(tree_);
    alone.add(*one);
    if (alone.types() == kNullType) {
      schema.is_nullable = true;
    } else {
      branches.push_back(one);
    }
  }
  if (branches.size() == 1) return add(*branches.front(), schema);
  if (schema.branches.empty()) schema.branches = std::move(branches);  // Only one anyOf or oneOf can be written.
}

}  // namespace onellm::dialects::gemini
