// Decodes tools: those that the model may call (`tools`, the older `functions`), which it must call
// (`tool_choice`, `function_call`), and those that it called in earlier turns.
// https://platform.openai.com/docs/guides/function-calling
//
// Names are checked for being there, not for their letters: hosts differ in what they allow, and each
// names the field itself.
#pragma once

#include <vector>

#include "chat/request.h"
#include "dialects/openai_chat/client/request/field_reader.h"

namespace onellm::dialects::openai_chat {

// `request` keeps what has to be put together.
[[nodiscard]] std::vector<chat::Tool> decode_tools(FieldReader& fields, json::Value& value, chat::Request& request);
[[nodiscard]] std::vector<chat::Tool> decode_functions(FieldReader& fields, json::Value& value);
[[nodiscard]] chat::ToolChoice decode_tool_choice(FieldReader& fields, json::Value& value, chat::Request& request);
// The top-level `function_call`: the older form of tool_choice.
[[nodiscard]] chat::ToolChoice decode_function_choice(FieldReader& fields, json::Value& value);

// `tool_calls` of a message of the assistant. `request` keeps what has to be put together.
void decode_tool_calls(FieldReader& fields, json::Value& value, chat::Request& request,
                       std::vector<chat::ToolCall>& calls);
// `function_call` of such a message.
[[nodiscard]] chat::ToolCall decode_function_call(FieldReader& fields, json::Value& value);

// Which of the tools that OpenAI's Responses API runs itself the type names; kNone: none of them.
// https://platform.openai.com/docs/guides/tools
[[nodiscard]] chat::HostedTool hosted_tool(json::RawString type);

// The type of a tool, a call or a choice.
enum class ToolType : uint8_t { kFunction, kCustom, kForeign };
[[nodiscard]] ToolType read_tool_type(FieldReader& fields, json::Value& value);
[[nodiscard]] ToolType tool_type(FieldReader& fields, json::RawString type);

}  // namespace onellm::dialects::openai_chat
