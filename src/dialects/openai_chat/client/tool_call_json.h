// The members in which a delta or a message names tool calls: `tool_calls`, or, for a client that sent the
// deprecated `functions`, the one `function_call` that it understands.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "chat/answer.h"
#include "chat/event.h"

namespace onellm::dialects::openai_chat {

enum class ToolCallShape : uint8_t { kToolCalls, kFunctionCall };

// True if the shape has no place for the event, which is of a tool call: a function_call is but one.
[[nodiscard]] bool has_no_place(const chat::Event& event, ToolCallShape shape);

// Append the member of a delta for kToolCallOpened and kToolArguments.
void append_opening(const chat::Event& event, ToolCallShape shape, std::string& out);
void append_arguments(const chat::Event& event, ToolCallShape shape, std::string& out);

// Appends the member of a message. `calls` is not empty.
void append_calls(const std::vector<chat::AnswerToolCall>& calls, ToolCallShape shape, std::string& out);

// The word for the end of a choice.
[[nodiscard]] std::string_view finish_word(chat::FinishReason reason, ToolCallShape shape);

}  // namespace onellm::dialects::openai_chat
