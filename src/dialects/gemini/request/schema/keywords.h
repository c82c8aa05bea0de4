// Writes the keywords of a schema that belong to one of its types, in the subset's form.
#pragma once

#include "dialects/gemini/request/schema/sources.h"
#include "json/writer.h"

namespace onellm::dialects::gemini {

// Writes `type` and the keywords with plain values that belong to it. `type` must be a single type.
void write_type_keywords(json::ObjectWriter& object, const SchemaSources& sources, SchemaTypes type);

// Writes the value of keyword `from` as keyword `to`, if it exists and has the type.
void copy_keyword(json::ObjectWriter& object, const SchemaSources& sources, std::string_view from, std::string_view to,
                  json::Type type);

}  // namespace onellm::dialects::gemini
