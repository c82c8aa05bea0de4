// Decodes the replies of both methods, which differ in one key: `content` or `output`. PaLM has no streams: if the
// client requested one, the whole reply becomes the events of a short stream.
// https://developers.generativeai.google/api/rest/generativelanguage/models/generateMessage (retired)
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "dialects/common/stream/sse_decoder.h"

namespace onellm::dialects::palm {

// The last event is kCompleted or kFailed. `model` is the requested model, because PaLM's replies do not name it.
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
