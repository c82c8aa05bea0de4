// Decodes tools and the choice among them.
// https://docs.claude.com/en/docs/agents-and-tools/tool-use/overview
#pragma once

#include "chat/request.h"
#include "dialects/common/client/field_reader.h"

namespace onellm::dialects::anthropic_messages {

// Tools that Anthropic runs itself become hosted tools that other targets may leave out. Tools that the client runs
// although Anthropic has defined them (bash, text_editor, memory) become functions with the documented parameters.
void decode_tools(FieldReader& fields, json::Value& value, chat::Request& request);

void decode_tool_choice(FieldReader& fields, json::Value& value, chat::Request& request);

// Complains of two tools of one name, and of a choice of a tool that is not there. Called once all keys are read.
void check_tools(FieldReader& fields, chat::Request& request);

}  // namespace onellm::dialects::anthropic_messages
