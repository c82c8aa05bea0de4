// Names of parameters that Claude's API refuses, as tools made from OpenAPI have them (`filter[id]`, `$top`): others
// are sent in their place, and the calls of the reply get the names back (property_restorer.h). The API looks at the
// properties of the root alone: "Property keys should match pattern '^[a-zA-Z0-9_.-]{1,64}$'".
#pragma once

#include <string>
#include <vector>

#include "dialects/dialect.h"
#include "json/raw.h"

namespace onellm::dialects::anthropic_messages {

using RenamedProperties = std::vector<RenamedProperty>;

// Adds what must be renamed of a tool's parameters. The same parameters get the same names every time.
void find_renamed_properties(json::RawString tool, json::Raw parameters, RenamedProperties& renamed);

// The parameters of that tool with the names that are sent; empty where none is renamed.
[[nodiscard]] std::string rename_parameters(json::RawString tool, json::Raw parameters,
                                            const RenamedProperties& renamed);

// Appends the arguments of a call of that tool, a JSON object, with the names that are sent.
void append_renamed_arguments(json::RawString tool, json::Raw arguments, const RenamedProperties& renamed,
                              std::string& out);

// True where some property of that tool is renamed.
[[nodiscard]] bool has_renamed(json::RawString tool, const RenamedProperties& renamed);

}  // namespace onellm::dialects::anthropic_messages
