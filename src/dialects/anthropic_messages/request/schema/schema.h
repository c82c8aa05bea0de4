// JSON Schema in the forms that Claude's API takes it.
#pragma once

#include <string>

#include "dialects/common/splice/spliced_text.h"
#include "json/raw.h"

namespace onellm::dialects::anthropic_messages {

// Appends the `input_schema` of a tool: an object at the root, whatever the parameters are. Parameters that
// already are one pass as they stand, and must outlive the text. The API takes no union at the root: what it
// asks for is said in the description instead.
void append_input_schema(json::Raw parameters, SplicedText& body);

// True of an object at the root that is no union: what a tool with `strict` must take.
[[nodiscard]] bool is_plain_object(json::Raw schema);

// Appends a schema as the API compiles it into a grammar, for replies in JSON and for tools with `strict`:
// closed objects, and only the keywords that it knows. What the others ask for is said in the description
// instead. Where the root has none, `description` is its description.
// https://docs.claude.com/en/docs/build-with-claude/structured-outputs#json-schema-limitations
void append_strict_schema(json::Raw schema, json::RawString description, std::string& out);

}  // namespace onellm::dialects::anthropic_messages
