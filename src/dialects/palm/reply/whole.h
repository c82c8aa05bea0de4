// Decodes the replies of both methods, which differ in one word: `content` or `output`. Where a stream was
// asked for the reply comes whole all the same, and becomes the events of a short stream.
// https://developers.generativeai.google/api/rest/generativelanguage/models/generateMessage (retired)
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "dialects/common/stream/sse_decoder.h"

namespace onellm::dialects::palm {

// Ends with kCompleted or kFailed. PaLM does not name its model: `model` is what was asked for.
void decode_reply(std::string_view body, std::string_view model, chat::EventSink& sink);

class ReplyStreamDecoder final : public EventStreamDecoder {
 public:
  explicit ReplyStreamDecoder(std::string model) : model_(std::move(model)) {}

 private:
  void take_event(const sse::Event& event, chat::EventSink& sink) override;
  void take_whole_body(std::string_view body, chat::EventSink& sink) override;
  void take_end(const Error& reason, chat::EventSink& sink) override;
  void release_memory() override {}

  std::string model_;
};

}  // namespace onellm::dialects::palm
