// Rewrites chat requests that mix in forms of Anthropic's API or of the Responses API ("borrowed" forms) into OpenAI's
// chat form. Cursor sends Anthropic's tools, calls and results for models named claude-*, and tools of the Responses
// API for gpt-*. The text is rewritten before it is decoded, so that dialects and hosts see only one form.
// https://docs.claude.com/en/api/messages, https://platform.openai.com/docs/api-reference/responses
//
// Rule: The result for a message does not depend on later messages, so that prompt caches stay valid.
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

// True of content blocks that have another form in OpenAI's chat. Other hosts use the same type names; Anthropic's
// blocks have a `source` that is an object, or a `thinking` that is a string.
[[nodiscard]] bool is_borrowed_block(json::RawString type, bool has_source, bool has_thought);

// The same for the type of a tool_choice object.
[[nodiscard]] bool is_borrowed_choice(json::RawString type);

struct OpenAiForm {
  std::string body;
  std::vector<size_t> failed_results;  // Indices of tool messages with `is_error`; OpenAI has no such member.
};

// Requires a body that is valid JSON. Errors: kBodyTooLarge, since the new form is larger; kBadRequest if a message or
// tool has too many parts.
[[nodiscard]] Result<OpenAiForm> to_openai_form(const json::Buffer& body);

// --- parts of to_openai_form() ---

// Rewrites one message, which may become several. Adds failed tool results to `failed_results`.
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

// Rewrites a tool_choice object. True if it allows at most one call at a time.
bool write_choice_form(const std::vector<RawMember>& choice, std::string& out);

}  // namespace onellm::dialects::openai_chat
