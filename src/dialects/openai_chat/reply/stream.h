// Decodes a stream of `chat.completion.chunk`s into events.
// https://platform.openai.com/docs/api-reference/chat-streaming
//
// Rule: An answer is complete only after `[DONE]` or a finish_reason for every choice. Any other end of the stream is a
// failure.
#pragma once

#include <string>
#include <string_view>

#include "dialects/common/stream/repeated_chunk.h"
#include "dialects/common/stream/sse_decoder.h"
#include "dialects/openai_chat/reply/flow.h"
#include "dialects/openai_chat/reply/parse.h"

namespace onellm::dialects::openai_chat {

class ChunkStreamDecoder final : public EventStreamDecoder {
 public:
  explicit ChunkStreamDecoder(const ReplyContext& asked = {}) : asked_(asked), flow_(asked_) {}

  [[nodiscard]] bool awaits_end() const override { return flow_.awaits_end(); }

 private:
  void take_event(const sse::Event& event, chat::EventSink& sink) override;
  void take_whole_body(std::string_view body, chat::EventSink& sink) override;
  void take_end(const Error& reason, chat::EventSink& sink) override;
  void release_memory() override;
  [[nodiscard]] bool take_chunk(const Chunk& chunk, chat::EventSink& sink);
  void take_bad_data(const sse::Event& event, chat::EventSink& sink);
  void complete(chat::EventSink& sink);

  const ReplyContext asked_;
  ChunkReader chunks_;
  RepeatedChunk repeated_;
  ReplyFlow flow_;
};

}  // namespace onellm::dialects::openai_chat
