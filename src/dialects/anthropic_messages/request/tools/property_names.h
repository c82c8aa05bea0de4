// Renames parameters of tools whose names Claude's API refuses, such as `filter[id]` and `$top` from OpenAPI. The calls
// in the reply get the original names back (property_restorer.h). The API checks only the properties of the root:
// "Property keys should match pattern '^[a-zA-Z0-9_.-]{1,64}$'".
//
// Rule: a tool may have thousands of properties. So each name is looked up, never compared with all others.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "dialects/dialect.h"
#include "json/raw.h"

namespace onellm::dialects::anthropic_messages {

// The renamed parameters of one tool: the name without escapes, and the name that is sent.
using RenamedParameters = std::map<std::string, std::string, std::less<>>;

class PropertyNames {
 public:
  // Adds the parameters of the tool that must be renamed. The same parameters always get the same names. No two tools
  // have the same name (repeated_tools.h).
  void add(json::RawString tool, json::Raw parameters);

  // The renamed parameters of the tool; null if none is renamed. Valid until take().
  [[nodiscard]] const RenamedParameters* of(json::RawString tool) const;

  // What the decoder of the reply must know.
  [[nodiscard]] std::vector<RenamedProperty> take();

 private:
  std::map<std::string, RenamedParameters, std::less<>> tools_;
};

// The parameters of a tool with the new names.
[[nodiscard]] std::string rename_parameters(const RenamedParameters& renamed, json::Raw parameters);

// Appends the arguments of a call, a JSON object, with the new names.
void append_renamed_arguments(const RenamedParameters& renamed, json::Raw arguments, std::string& out);

}  // namespace onellm::dialects::anthropic_messages
