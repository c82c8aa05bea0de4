// Decodes a stream of the Messages API into events.
// https://docs.claude.com/en/docs/build-with-claude/streaming
//
// Rule: A reply is complete only after `message_stop`, or a `message_delta` with a stop_reason. A stream that ends
// otherwise is a failure.
#pragma once

#include <string>
#include <string_view>

#include "dialects/anthropic_messages/reply/flow.h"
#include "dialects/anthropic_messages/reply/parse.h"
#include "dialects/anthropic_messages/request/turn_content.h"
#include "dialects/common/stream/repeated_chunk.h"
#include "dialects/common/stream/sse_decoder.h"

namespace onellm::dialects::anthropic_messages {

class MessageStreamDecoder final : public EventStreamDecoder {
 public:
  explicit MessageStreamDecoder(const ReplyContext& context) : context_(context), flow_(context) {}

  [[nodiscard]] bool awaits_end() const override { return flow_.finished(); }

 private:
  void take_event(const sse::Event& event, chat::EventSink& sink) override;
  void take_whole_body(std::string_view body, chat::EventSink& sink) override;
  void take_end(const Error& reason, chat::EventSink& sink) override;
  void release_memory() override;
  void learn(const MessageEvent& event);

  const ReplyContext context_;
  ReplyReader reader_;
  ReplyFlow flow_;
  TurnContent content_;  // Only used if the turn may be paused.
  RepeatedChunk repeated_;
};

}  // namespace onellm::dialects::anthropic_messages
