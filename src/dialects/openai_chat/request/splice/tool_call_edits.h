// Brings the tool calls of earlier turns into the form that OpenAI documents, since hosts refuse others:
// each with its type, and with arguments that are a text of JSON.
// https://platform.openai.com/docs/api-reference/chat/create#chat-create-messages
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "chat/request.h"
#include "dialects/openai_chat/request/nine_sign_ids.h"
#include "dialects/openai_chat/request/splice/source_splice.h"

namespace onellm::dialects::openai_chat {

struct ToolCallRules {
  bool mend = false;               // What is loose gets that form.
  bool cut_extra_content = false;  // The host does not know the member.
  bool cut_cache_marks = false;    // Nor cache_control.
  NineSignIds* ids = nullptr;      // Ids become these; null: they stay.
};

// `array` is the value of a message's `tool_calls` in its source, and `calls` what was read from it. Of the
// calls that are right already nothing is touched.
void edit_tool_calls(const std::vector<chat::ToolCall>& calls, ToolCallRules rules, std::string_view array,
                     SourceSplice& splice);

// The same for what is called, `{"name","arguments"}`, alone.
[[nodiscard]] std::string with_text_of_arguments(std::string_view function);

}  // namespace onellm::dialects::openai_chat
