// Decodes tools: those that the model may call (`tools`, the older `functions`), those that it must call
// (`tool_choice`, `function_call`), and the calls of earlier turns.
// https://platform.openai.com/docs/guides/function-calling
//
// Rule: A name must be there, but its characters are not checked: hosts allow different ones and report errors
// themselves.
#pragma once

#include <vector>

#include "chat/request.h"
#include "dialects/common/client/field_reader.h"

namespace onellm::dialects::openai_chat {

// `request` owns texts that have to be joined.
[[nodiscard]] std::vector<chat::Tool> decode_tools(FieldReader& fields, json::Value& value, chat::Request& request);
[[nodiscard]] std::vector<chat::Tool> decode_functions(FieldReader& fields, json::Value& value);
[[nodiscard]] chat::ToolChoice decode_tool_choice(FieldReader& fields, json::Value& value, chat::Request& request);
// The top-level `function_call`: the older form of tool_choice.
[[nodiscard]] chat::ToolChoice decode_function_choice(FieldReader& fields, json::Value& value);

// `tool_calls` of an assistant's message. `request` owns texts that have to be joined.
void decode_tool_calls(FieldReader& fields, json::Value& value, chat::Request& request,
                       std::vector<chat::ToolCall>& calls);
// `function_call` of an assistant's message.
[[nodiscard]] chat::ToolCall decode_function_call(FieldReader& fields, json::Value& value);

// The hosted tool (run by OpenAI's Responses API itself) with that type; kNone: no hosted tool.
// https://platform.openai.com/docs/guides/tools
[[nodiscard]] chat::HostedTool hosted_tool(json::RawString type);

// The type of a tool, a call or a choice.
enum class ToolType : uint8_t { kFunction, kCustom, kForeign };
[[nodiscard]] ToolType read_tool_type(FieldReader& fields, json::Value& value);
[[nodiscard]] ToolType tool_type(FieldReader& fields, json::RawString type);

}  // namespace onellm::dialects::openai_chat
