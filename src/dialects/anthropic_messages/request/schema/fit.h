// Measures whether Claude's API can compile a schema into a grammar without a change of its meaning, and how much of
// the request's limits the schema uses.
// https://docs.claude.com/en/docs/build-with-claude/structured-outputs#json-schema-limitations
//
// Rule: A schema that does not fit is not sent as a constraint at all, and that is reported. The API needs closed
// objects, so an object with free keys does not fit: closed, it could only be empty.
#pragma once

#include <cstddef>
#include <cstdint>

#include "json/raw.h"

namespace onellm::dialects::anthropic_messages {

// Limits of one request for all strict tools and the format of the reply together.
// https://docs.claude.com/en/docs/build-with-claude/structured-outputs#schema-complexity-limits
inline constexpr size_t kStrictToolsMax = 20;
inline constexpr size_t kOptionalParametersMax = 24;
inline constexpr size_t kUnionsMax = 16;

struct SchemaFit {
  bool fits = true;     // The API can enforce it.
  size_t optional = 0;  // Number of optional properties.
  size_t unions = 0;    // Number of unions: anyOf, oneOf, lists of types.
};

enum class SchemaUse : uint8_t {
  kTool,    // An object without properties fits: a tool without parameters.
  kFormat,  // An object without properties means any object, and does not fit.
};

[[nodiscard]] SchemaFit measure_schema(json::Raw schema, SchemaUse use);

// The remaining part of the request's limits while its schemas are accepted one by one.
class StrictRoom {
 public:
  // True if the schema fits and the limits allow it; then its share is subtracted.
  [[nodiscard]] bool take(const SchemaFit& fit);
  // The same for a tool; also counts against kStrictToolsMax.
  [[nodiscard]] bool take_tool(const SchemaFit& fit);

 private:
  size_t tools_ = kStrictToolsMax;
  size_t optional_ = kOptionalParametersMax;
  size_t unions_ = kUnionsMax;
};

// True if `allOf` has exactly one reference and nothing else, as Pydantic writes it. It means the same as the reference
// alone, which the API accepts. `ref` becomes the reference's value.
[[nodiscard]] bool is_single_ref(json::Raw all_of, json::Raw& ref);

}  // namespace onellm::dialects::anthropic_messages
