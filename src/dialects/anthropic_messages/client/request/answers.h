// Decodes the content of a message of the assistant: besides texts its tool calls and its thoughts.
// https://docs.claude.com/en/docs/build-with-claude/extended-thinking
#pragma once

#include <cstdint>
#include <vector>

#include "chat/request.h"
#include "dialects/anthropic_messages/client/request/blocks.h"
#include "dialects/common/client/field_reader.h"

namespace onellm::dialects::anthropic_messages {

class AnswerDecoder {
 public:
  AnswerDecoder(FieldReader& fields, chat::Request& request, chat::Message& message)
      : fields_(fields), request_(request), blocks_(fields, request), message_(message) {}

  // The value of `content`.
  void decode(json::Value& value);

  // The summary of what the conversation was before, for models that cannot read the block in the message; it goes
  // before the message. Empty: there is none.
  [[nodiscard]] json::RawString summary() const { return summary_; }

 private:
  void decode_block(json::Value& value);
  void decode_call(json::Value& value);
  void decode_thinking(json::Value& value);
  void decode_redacted(json::Value& value);
  void decode_compaction(json::Value& value);
  // Reasoning that the gateway wrapped for this client.
  void add_wrapped(json::RawString envelope, json::RawString text);

  FieldReader& fields_;
  chat::Request& request_;
  BlockDecoder blocks_;
  chat::Message& message_;
  json::RawString summary_;
  uint32_t place_ = 0;  // Of the current block.
};

}  // namespace onellm::dialects::anthropic_messages
