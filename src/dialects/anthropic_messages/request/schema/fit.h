// Whether a schema can be compiled into a grammar by Claude's API without saying something else than its author wrote,
// and how much it takes of what a request may have.
// https://docs.claude.com/en/docs/build-with-claude/structured-outputs#json-schema-limitations
//
// Rule: A constraint that the API does not have is given up as a whole and named. A map that
// is closed would be another: it could only be empty.
#pragma once

#include <cstddef>
#include <cstdint>

#include "json/raw.h"

namespace onellm::dialects::anthropic_messages {

// What all strict tools and the format of the reply may have together.
// https://docs.claude.com/en/docs/build-with-claude/structured-outputs#schema-complexity-limits
inline constexpr size_t kStrictToolsMax = 20;
inline constexpr size_t kOptionalParametersMax = 24;
inline constexpr size_t kUnionsMax = 16;

struct SchemaFit {
  bool fits = true;     // It can be kept as it is.
  size_t optional = 0;  // Properties that need not be there.
  size_t unions = 0;    // anyOf, oneOf, and lists of types.
};

enum class SchemaUse : uint8_t {
  kTool,    // An object without properties is a tool without parameters,
  kFormat,  // or an object of any kind.
};

[[nodiscard]] SchemaFit measure_schema(json::Raw schema, SchemaUse use);

// What is left of the limits of a request while its schemas are taken one by one.
class StrictRoom {
 public:
  // True, and the room is taken, where the schema fits and there is room for it.
  [[nodiscard]] bool take(const SchemaFit& fit);
  // The same of a tool.
  [[nodiscard]] bool take_tool(const SchemaFit& fit);

 private:
  size_t tools_ = kStrictToolsMax;
  size_t optional_ = kOptionalParametersMax;
  size_t unions_ = kUnionsMax;
};

// True of `allOf` with nothing but one reference, as Pydantic writes it: the same as the reference itself, which is
// what the API takes. `ref` becomes its value.
[[nodiscard]] bool is_single_ref(json::Raw all_of, json::Raw& ref);

}  // namespace onellm::dialects::anthropic_messages
