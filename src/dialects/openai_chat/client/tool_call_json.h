// Writes the tool calls of a delta or a message: as `tool_calls`, or as one `function_call` for a client that sent the
// deprecated `functions`.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "chat/answer/answer.h"
#include "chat/event.h"

namespace onellm::dialects::openai_chat {

enum class ToolCallShape : uint8_t { kToolCalls, kFunctionCall };

// True if the shape cannot hold the event of a tool call: `function_call` holds only the first call.
[[nodiscard]] bool has_no_place(const chat::Event& event, ToolCallShape shape);

// Append the delta's member for kToolCallOpened and kToolArguments.
void append_opening(const chat::Event& event, ToolCallShape shape, std::string& out);
void append_arguments(const chat::Event& event, ToolCallShape shape, std::string& out);

// Appends the message's member. Requires that `calls` is not empty.
void append_calls(const std::vector<chat::AnswerToolCall>& calls, ToolCallShape shape, std::string& out);

// The finish_reason to write.
[[nodiscard]] std::string_view finish_word(chat::FinishReason reason, ToolCallShape shape);

}  // namespace onellm::dialects::openai_chat
