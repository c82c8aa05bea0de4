// Decodes a stream of `GenerateContentResponse`s into events.
// https://ai.google.dev/api/generate-content#method:-models.streamgeneratecontent
//
// The stream has no end mark: it just ends.
//
// Rule: A reply is complete only if each of its candidates has a finishReason.
#pragma once

#include <string>
#include <string_view>

#include "dialects/common/stream/sse_decoder.h"
#include "dialects/gemini/reply/chunk_template.h"
#include "dialects/gemini/reply/flow.h"
#include "dialects/gemini/reply/parse.h"

namespace onellm::dialects::gemini {

class ChunkStreamDecoder final : public EventStreamDecoder {
 public:
  explicit ChunkStreamDecoder(const ReplyContext& asked) : asked_(asked), flow_(ReplyFlow::Form::kStream, asked) {}

  void report_usage(chat::EventSink& sink) const override { flow_.emit_usage(sink); }
  [[nodiscard]] bool awaits_end() const override { return flow_.awaits_end(); }

 private:
  void take_event(const sse::Event& event, chat::EventSink& sink) override;
  void take_whole_body(std::string_view body, chat::EventSink& sink) override;
  void take_end(const Error& reason, chat::EventSink& sink) override;
  void release_memory() override;

  ChunkTemplate template_;
  ReplyReader chunks_;
  const ReplyContext asked_;
  ReplyFlow flow_;
};

}  // namespace onellm::dialects::gemini
