// Decodes a stream of the Responses API into events.
// https://platform.openai.com/docs/api-reference/responses-streaming
//
// Rule: An answer is complete only once the final response object came, completed or incomplete. Any other end of the
// stream is a failure.
#pragma once

#include <string_view>

#include "dialects/common/stream/sse_decoder.h"
#include "dialects/openai_responses/reply/flow.h"
#include "dialects/openai_responses/reply/parse.h"

namespace onellm::dialects::openai_responses {

class EventStreamReader final : public EventStreamDecoder {
 public:
  explicit EventStreamReader(const ReplyContext& context) : context_(context), flow_(context) {}

 private:
  void take_event(const sse::Event& event, chat::EventSink& sink) override;
  void take_whole_body(std::string_view body, chat::EventSink& sink) override;
  void take_end(const Error& reason, chat::EventSink& sink) override;
  void release_memory() override;

  const ReplyContext context_;
  ReplyReader reader_;
  ReplyFlow flow_;
};

}  // namespace onellm::dialects::openai_responses
