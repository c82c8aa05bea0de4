// The end mark of a stream of chunks.
// https://platform.openai.com/docs/api-reference/chat-streaming
#pragma once

#include <string_view>

namespace onellm::dialects::openai_chat {

inline constexpr std::string_view kEndMarkData = "[DONE]";
inline constexpr std::string_view kEndMark = "data: [DONE]\n\n";

}  // namespace onellm::dialects::openai_chat
