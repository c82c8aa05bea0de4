// Encodes events as a stream of the Messages API.
// https://docs.claude.com/en/docs/build-with-claude/streaming
//
// Rule: the stream has the form that client libraries require. `message_start` comes first and once; blocks are
// numbered without a gap and only one is open at a time; `message_delta` and `message_stop` come last, and nothing
// follows an `error`.
#pragma once

#include <optional>
#include <string>

#include "dialects/anthropic_messages/client/blocks/content_flow.h"
#include "dialects/anthropic_messages/client/blocks/stream_blocks.h"
#include "dialects/anthropic_messages/client/reply/stop.h"
#include "dialects/client_dialect.h"

namespace onellm::dialects::anthropic_messages {

class MessageStreamEncoder final : public StreamEncoder {
 public:
  explicit MessageStreamEncoder(const ReplyMeta& meta);
  void take(const chat::Event& event, std::string& out) override;
  // Also before `message_start`. Appends nothing after the end.
  void keep_alive(std::string& out) override;

 private:
  enum class State : uint8_t {
    kWaiting,  // Nothing was written, or only pings.
    kBegun,    // `message_start` was written.
    kEnded,    // `message_stop` or an error was written. Final.
  };

  void begin(std::string& out);
  void note_start(const chat::Event& event);
  void complete(std::string& out);
  void fail(const Error& error, std::string& out);

  const ReplyMeta meta_;
  State state_ = State::kWaiting;
  std::string id_;  // The insides of JSON strings.
  std::string model_;
  StreamBlocks blocks_;
  ContentFlow content_;
  Stop stop_;
  std::string gateway_members_;
  std::optional<chat::Usage> usage_;
};

}  // namespace onellm::dialects::anthropic_messages
