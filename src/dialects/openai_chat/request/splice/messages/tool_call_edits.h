// Brings the tool calls of earlier turns into OpenAI's documented form, since hosts refuse others: each with its type,
// and with its arguments as a string of JSON.
// https://platform.openai.com/docs/api-reference/chat/create#chat-create-messages
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "chat/request.h"
#include "dialects/common/splice/source_splice.h"
#include "dialects/openai_chat/request/nine_sign_ids.h"

namespace onellm::dialects::openai_chat {

struct ToolCallRules {
  bool mend = false;               // Bring loose calls (chat::CallNotes::is_loose) into that form.
  bool cut_extra_content = false;  // Cut `extra_content`.
  bool cut_cache_marks = false;    // Cut `cache_control`.
  NineSignIds* ids = nullptr;      // Source of new ids; null: ids stay.
};

// `array` is the value of a message's `tool_calls` in its source, and `calls` the calls read from it. Calls in the
// right form are not touched.
void edit_tool_calls(const std::vector<chat::ToolCall>& calls, ToolCallRules rules, std::string_view array,
                     SourceSplice& splice);

// The same for only the called function, `{"name","arguments"}`.
[[nodiscard]] std::string with_text_of_arguments(std::string_view function);

}  // namespace onellm::dialects::openai_chat
