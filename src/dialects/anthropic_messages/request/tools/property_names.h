// Renames parameters of tools whose names Claude's API refuses, such as `filter[id]` and `$top` from OpenAPI. The calls
// in the reply get the original names back (property_restorer.h). The API checks only the properties of the root:
// "Property keys should match pattern '^[a-zA-Z0-9_.-]{1,64}$'".
#pragma once

#include <string>
#include <vector>

#include "dialects/dialect.h"
#include "json/raw.h"

namespace onellm::dialects::anthropic_messages {

using RenamedProperties = std::vector<RenamedProperty>;

// Adds the parameters of the tool that must be renamed. The same parameters always get the same names.
void find_renamed_properties(json::RawString tool, json::Raw parameters, RenamedProperties& renamed);

// The parameters of the tool with the new names; empty if none is renamed.
[[nodiscard]] std::string rename_parameters(json::RawString tool, json::Raw parameters,
                                            const RenamedProperties& renamed);

// Appends the arguments of a call of the tool, a JSON object, with the new names.
void append_renamed_arguments(json::RawString tool, json::Raw arguments, const RenamedProperties& renamed,
                              std::string& out);

// True if a parameter of the tool is renamed.
[[nodiscard]] bool has_renamed(json::RawString tool, const RenamedProperties& renamed);

}  // namespace onellm::dialects::anthropic_messages
