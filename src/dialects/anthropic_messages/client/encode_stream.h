// Encodes events as a stream of the Messages API.
// https://docs.claude.com/en/docs/build-with-claude/streaming
//
// Rule: the stream has the form that client libraries require. `message_start` comes first and once; blocks are
// numbered without a gap and only one is open at a time; `message_delta` and `message_stop` come last, and nothing
// follows an `error`.
#pragma once

#include <optional>
#include <string>

#include "dialects/client_dialect.h"

namespace onellm::dialects::anthropic_messages {

class MessageStreamEncoder final : public StreamEncoder {
 public:
  explicit MessageStreamEncoder(const ReplyMeta& meta) : meta_(meta) {}
  void take(const chat::Event& event, std::string& out) override;
  void keep_alive(std::string& out) override;

 private:
  void begin(std::string& out);
  void take_text(const chat::Event& event, std::string& out);
  void complete(std::string& out);

  ReplyMeta meta_;
  std::string id_;
  std::string model_;
  std::optional<chat::Usage> usage_;
  bool begun_ = false;
  bool text_open_ = false;
};

}  // namespace onellm::dialects::anthropic_messages
