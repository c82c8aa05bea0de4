// Collects everything that belongs to one schema: its nodes, its alternatives, and whether it may be null.
//
// Rule: The total work for one document is limited, so that recursive or multiplying $refs end with an error.
#pragma once

#include <cstddef>
#include <vector>

#include "dialects/gemini/request/schema/sources.h"

namespace onellm::dialects::gemini {

struct GatheredSchema {
  SchemaSources sources;
  std::vector<const SchemaNode*> branches;  // Alternatives of an anyOf or oneOf, without null; empty: none or one.
  bool is_nullable = false;
};

class SchemaGatherer {
 public:
  explicit SchemaGatherer(const SchemaTree& tree) : tree_(tree) {}

  [[nodiscard]] GatheredSchema gather(const SchemaNode& node);

  // The first error; nullptr: none.
  [[nodiscard]] const char* complaint() const { return complaint_; }
  void complain(const char* complaint);

 private:
  void add(const SchemaNode& node, GatheredSchema& schema);
  void add_target(const SchemaNode& node, GatheredSchema& schema);
  void add_choice(const SchemaNode& node, std::string_view key, GatheredSchema& schema);

  const SchemaTree& tree_;
  size_t gathered_ = 0;
  const char* complaint_ = nullptr;
};

}  // namespace onellm::dialects::gemini
