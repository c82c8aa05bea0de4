// Converts JSON Schema to the subset of OpenAPI's that Gemini's older models take.
// https://ai.google.dev/api/caching#Schema
//
// Rule: What the subset cannot say is left out, so that a schema may only grow
// looser, never another; and keys that it does not have are never written, since one of them fails the
// whole request. Names of properties are names, whatever keyword they look like.
#pragma once

#include <cstddef>
#include <string>

#include "base/limits.h"
#include "json/raw.h"

namespace onellm::dialects::gemini {

// What the schemas of one request may take in all.
struct SchemaBudget {
  size_t steps = kSchemaStepsMax;
  size_t growth_bytes = kSchemaGrowthBytesMax;
};

// Appends the converted schema to `out`. Returns nullptr, or what is wrong with it ("holds a $ref that
// …"), and then `out` is unfit for use. $refs are inlined: one that leads back to itself has no end.
// Requires valid JSON.
[[nodiscard]] const char* convert_schema(json::Raw schema, SchemaBudget& budget, std::string& out);

}  // namespace onellm::dialects::gemini
