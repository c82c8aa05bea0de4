// The keywords of a schema that belong to one of its types: written as the subset has them.
#pragma once

#include "dialects/gemini/request/schema/sources.h"
#include "json/writer.h"

namespace onellm::dialects::gemini {

// Writes `type` and, of the keywords with plain values, those that go with it. `type` is one alone.
void write_type_keywords(json::ObjectWriter& object, const SchemaSources& sources, SchemaTypes type);

// Writes a keyword whose value is of that type, if there is one.
void copy_keyword(json::ObjectWriter& object, const SchemaSources& sources, std::string_view from, std::string_view to,
                  json::Type type);

}  // namespace onellm::dialects::gemini
