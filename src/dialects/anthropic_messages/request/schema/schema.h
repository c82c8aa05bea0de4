// Rewrites JSON Schemas into the forms that Claude's API accepts.
#pragma once

#include <string>

#include "dialects/common/splice/spliced_text.h"
#include "json/raw.h"

namespace onellm::dialects::anthropic_messages {

// Appends the `input_schema` of a tool, whose root is always an object. Parameters of this form are not copied and must
// outlive the body. The API accepts no union at the root: it is moved into the description.
void append_input_schema(json::Raw parameters, SplicedText& body);

// True if the root is an object and no union. Tools with `strict` need that.
[[nodiscard]] bool is_plain_object(json::Raw schema);

// Appends a schema that the API can compile into a grammar, for replies in JSON and for tools with `strict`: objects
// are closed, and only supported keywords stay. Other keywords are moved into the description. `description` is used if
// the root has none.
// https://docs.claude.com/en/docs/build-with-claude/structured-outputs#json-schema-limitations
void append_strict_schema(json::Raw schema, json::RawString description, std::string& out);

}  // namespace onellm::dialects::anthropic_messages
