// A JSON Schema as a tree, because its $refs may point anywhere in it. Depends only on json/ and base/.
//
// Rule: Memory is limited by kSchemaNodesMax, because many small values take many times their size. Work is limited by
// steps, because the tree is walked again for every $ref. Each value that is looked at costs one step; when none is
// left, all look-ups return nullptr.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "json/buffer.h"
#include "json/reader.h"

namespace onellm::dialects::gemini {

struct SchemaNode {
  json::Type type = json::Type::kNull;
  bool is_integer = false;  // A number that is written without fraction and exponent.
  json::RawString key;      // The key, if the node is a member of an object.
  json::RawString text;     // The JSON text of a scalar; of a string without its quotes.
  uint32_t first = 0;       // Index of the first child; 0: there is none.
  uint32_t next = 0;        // Index of the next sibling; 0: it is the last.
};

class SchemaTree {
 public:
  explicit SchemaTree(size_t& steps) : steps_(steps) {}

  // False if the schema has too many values. Requires valid JSON.
  [[nodiscard]] bool read(json::Raw schema);

  [[nodiscard]] const SchemaNode& root() const { return nodes_.front(); }
  // These return nullptr if there is none.
  [[nodiscard]] const SchemaNode* first(const SchemaNode& node) const { return at(node.first); }
  [[nodiscard]] const SchemaNode* next(const SchemaNode& node) const { return at(node.next); }
  [[nodiscard]] const SchemaNode* member(const SchemaNode& object, std::string_view key) const;
  // The target of a JSON pointer within the document, such as `#/$defs/Node`. https://www.rfc-editor.org/rfc/rfc6901
  [[nodiscard]] const SchemaNode* resolve(json::RawString reference) const;

  // Appends the node as JSON.
  void write(const SchemaNode& node, std::string& out) const;

  // Subtracts steps for additional work on so many bytes.
  void spend(size_t bytes) const { steps_ -= std::min(steps_, bytes / kBytesAStep); }

 private:
  static constexpr size_t kBytesAStep = 16;

  [[nodiscard]] const SchemaNode* at(uint32_t index) const {
    if (index == 0 || steps_ == 0) return nullptr;
    --steps_;
    return &nodes_[index];
  }
  [[nodiscard]] const SchemaNode* child(const SchemaNode& node, std::string_view token) const;
  uint32_t add(json::RawString key, json::Value& value);

  size_t& steps_;  // Steps that are left.
  json::Buffer text_;
  std::vector<SchemaNode> nodes_;
};

}  // namespace onellm::dialects::gemini
