// Gathers what belongs to one schema: the nodes that it is said by, what it leaves to choose, and whether
// it may be null.
//
// What it does in all for one document is bounded, so that $refs that multiply, or lead back to
// themselves, end.
#pragma once

#include <cstddef>
#include <vector>

#include "dialects/gemini/request/schema/sources.h"

namespace onellm::dialects::gemini {

struct GatheredSchema {
  SchemaSources sources;
  std::vector<const SchemaNode*> branches;  // Of an anyOf or oneOf with several, without null.
  bool is_nullable = false;
};

class SchemaGatherer {
 public:
  explicit SchemaGatherer(const SchemaTree& tree) : tree_(tree) {}

  [[nodiscard]] GatheredSchema gather(const SchemaNode& node);

  // What was wrong first; nullptr: nothing.
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
