// Brings what clients of chat write in the form of Anthropic's or of the Responses API into OpenAI's form for chat:
// Cursor writes tools, calls and results in the first where a model is named claude-*, and tools of the second where
// it is named gpt-*. Done to the text before it is decoded, so that every dialect and host sees one form only.
// https://docs.claude.com/en/api/messages, https://platform.openai.com/docs/api-reference/responses
//
// What each message becomes does not depend on the messages behind it, so that prompt caches survive.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "dialects/openai_chat/client/borrowed/content_blocks.h"
#include "json/buffer.h"
#include "json/raw.h"
#include "json/writer.h"

namespace onellm::dialects::openai_chat {

// True of content blocks that have another form in OpenAI's chat. Other hosts have types of the same names:
// Anthropic's are those with a `source` that is an object, or a `thinking` that is a string.
[[nodiscard]] bool is_borrowed_block(json::RawString type, bool has_source, bool has_thought);

// The types of a tool_choice that is an object, likewise.
[[nodiscard]] bool is_borrowed_choice(json::RawString type);

struct OpenAiForm {
  std::string body;
  std::vector<size_t>
      failed_results;  // Messages of tools that said of themselves that they failed: OpenAI has no word.
};

// Requires a body that is valid JSON. The error is a kBodyTooLarge: the new form is larger, and may be too large.
[[nodiscard]] Result<OpenAiForm> to_openai_form(const json::Buffer& body);

// --- its parts ---

// One message, which may become several; notes in `form` those that failed.
class MessageForms {
 public:
  MessageForms(json::ArrayWriter& messages, std::vector<size_t>& failed_results)
      : messages_(messages), failed_results_(failed_results) {}

  void add(const ContentBlock& message);

 private:
  [[nodiscard]] std::string& next();
  void write_result(const ContentBlock& result);
  void write_assistant(const ContentBlock& message);

  json::ArrayWriter& messages_;
  std::vector<size_t>& failed_results_;
  size_t count_ = 0;
};

void write_tool_form(const std::vector<RawMember>& tool, std::string& out);

// Of a tool_choice that is an object. True where it allows no more than one call at a time.
bool write_choice_form(const std::vector<RawMember>& choice, std::string& out);

}  // namespace onellm::dialects::openai_chat
