// Converts JSON Schema to the subset of OpenAPI's schema that Gemini's older models accept.
// https://ai.google.dev/api/caching#Schema
//
// Rule: Constraints that the subset does not have are left out: the schema may become looser, but never means something
// else. Unknown keys are never written, because Gemini refuses the whole request for one of them. A property may have
// the name of a keyword; it is still a property.
#pragma once

#include <cstddef>
#include <string>

#include "base/limits.h"
#include "json/raw.h"

namespace onellm::dialects::gemini {

// Limits for all schemas of one request together; each conversion uses up a part.
struct SchemaBudget {
  size_t steps = kSchemaStepsMax;
  size_t growth_bytes = kSchemaGrowthBytesMax;
};

// Appends the converted schema to `out` and returns nullptr. On failure returns the reason ("holds a $ref that …"), and
// `out` must not be used. $refs are inlined, so a recursive one is a failure. Requires valid JSON.
[[nodiscard]] const char* convert_schema(json::Raw schema, SchemaBudget& budget, std::string& out);

}  // namespace onellm::dialects::gemini
