// Decodes a stream of `chat.completion.chunk`s into events.
// https://platform.openai.com/docs/api-reference/chat-streaming
//
// The rule that keeps it honest: an answer is complete only if the host said so, by `[DONE]` or by a
// finish_reason of every choice. Anything else that ends the stream is a failure.
#pragma once

#include <string>
#include <string_view>

#include "dialects/dialect.h"
#include "dialects/openai_chat/chunk.h"
#include "dialects/openai_chat/repeated_chunk.h"
#include "dialects/openai_chat/reply_flow.h"
#include "sse/reader.h"

namespace onellm::dialects {

class OpenAiChatStreamDecoder final : public StreamDecoder {
 public:
  void push(std::string_view bytes, chat::EventSink& sink) override;
  void end(chat::EventSink& sink) override;
  [[nodiscard]] bool at_event_boundary() const override;
  [[nodiscard]] bool end_mark_seen() const override { return end_mark_seen_; }

 private:
  enum class State : uint8_t {
    kStart,      // Only white space so far: it may become a stream or one JSON text.
    kEvents,     // In a stream of events.
    kWholeBody,  // In something else than a stream: an error or a whole reply in JSON, or HTML.
    kEnding,     // The stream was closed; its last event, perhaps half of one, is being read.
    kEnded,      // kCompleted or kFailed was handed on. Final.
  };

  void push_events(std::string_view bytes, chat::EventSink& sink);
  void push_whole_body(std::string_view bytes, chat::EventSink& sink);
  void take(const sse::Event& event, chat::EventSink& sink);
  [[nodiscard]] bool take_chunk(const Chunk& chunk, chat::EventSink& sink);
  void take_bad_data(const sse::Event& event, chat::EventSink& sink);
  void complete(chat::EventSink& sink);
  void fail(const Error& error, chat::EventSink& sink);

  State state_ = State::kStart;
  sse::Reader events_;
  ChunkReader chunks_;
  RepeatedChunk repeated_;
  ReplyFlow flow_;
  std::string whole_body_;
  bool end_mark_seen_ = false;
};

}  // namespace onellm::dialects
