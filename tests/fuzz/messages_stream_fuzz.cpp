// The encoder of streams for Messages clients under any sequence of events, and under what the decoders of all dialects
// make of any bytes. Beyond not crashing:
// - the stream breaks no rule of the format, and ends with message_stop or an error;
// - the whole reply made of the same events is valid JSON.
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/assert.h"
#include "chat/answer/answer.h"
#include "dialects/anthropic_messages/dialect.h"
#include "dialects/gemini/dialect.h"
#include "dialects/openai_chat/dialect.h"
#include "dialects/openai_responses/dialect.h"
#include "json/reader.h"
#include "support/message_stream.h"

namespace {

using namespace onellm;
using chat::Event;
using chat::EventKind;

const dialects::ReplyMeta kMeta{.id = "", .fallback_id = "msg_1", .request_id = "req-1"};

class Encoded final : public chat::EventSink {
 public:
  explicit Encoded(const chat::Origin& origin)
      : origin_(origin), encoder_(dialects::anthropic_messages::dialect().make_stream_encoder(kMeta)) {}
  void take(const Event& event) override {
    Event shown = event;
    if (event.kind == EventKind::kStarted) shown.origin = &origin_;
    answer_.take(shown);
    encoder_->take(shown, stream_);
  }
  void check() const {
    test::MessageStream stream(stream_);
    stream.expect_over();
    ONELLM_ASSERT(stream.problems.empty());
    std::string reply;
    dialects::anthropic_messages::dialect().encode_reply(answer_, kMeta, reply);
    ONELLM_ASSERT(json::is_valid(reply));
  }

 private:
  const chat::Origin origin_;
  chat::Answer answer_{dialects::kAnthropicMessages};
  std::unique_ptr<dialects::StreamEncoder> encoder_;
  std::string stream_;
};

const dialects::Dialect& dialect_of(uint8_t byte) {
  const dialects::Dialect* const all[] = {&dialects::anthropic_messages::dialect(), &dialects::gemini::dialect(),
                                          &dialects::openai_chat::dialect(), &dialects::openai_responses::dialect()};
  return *all[byte % 4];
}

// Makes events of bytes.
class Script {
 public:
  explicit Script(std::string_view bytes) : bytes_(bytes) {}

  void play(chat::EventSink& sink) {
    sink.take({.kind = EventKind::kStarted, .id = {"id"}, .name = {"m"}});
    while (!bytes_.empty()) step(sink);
    if (ends_with_error_) {
      const Error error{.kind = ErrorKind::kUpstreamCut, .message = "cut"};
      return sink.take({.kind = EventKind::kFailed, .error = &error});
    }
    const auto finish = static_cast<chat::FinishReason>(calls_ % 6);
    sink.take({.kind = EventKind::kFinished, .finish = finish});
    sink.take({.kind = EventKind::kCompleted});
  }

 private:
  uint8_t byte() {
    if (bytes_.empty()) return 0;
    const auto first = static_cast<uint8_t>(bytes_.front());
    bytes_.remove_prefix(1);
    return first;
  }
  std::string text() {
    const std::string_view some = bytes_.substr(0, byte() % 16);
    bytes_.remove_prefix(std::min(some.size(), bytes_.size()));
    return json::escape(some);
  }

  void step(chat::EventSink& sink) {
    const uint8_t kind = byte();
    const std::string words = text();
    chat::EventDetails details;
    switch (kind % 13) {
      case 0:
      case 1: return sink.take({.kind = EventKind::kText, .text = {words}});
      case 2: return sink.take({.kind = EventKind::kReasoning, .text = {words}});
      case 3: return sink.take({.kind = EventKind::kRefusal, .text = {words}});
      case 4:
        details.signature = {words};
        return sink.take({.kind = EventKind::kToolCallOpened,
                          .tool_call = calls_++ % 64,
                          .custom = kind >= 240,
                          .id = {words},
                          .name = {words},
                          .details = &details});
      case 5:
      case 6:
      case 7:
        if (calls_ == 0) return;
        return sink.take({.kind = EventKind::kToolArguments, .tool_call = byte() % calls_ % 64, .text = {words}});
      case 8:
        details.thinking = {.redacted = kind > 128, .text = {words}, .signature = {words}};
        return sink.take({.kind = EventKind::kThinkingSigned, .details = &details});
      case 9:
        details.citation = {.url = {words}};
        return sink.take({.kind = EventKind::kCitation, .details = &details});
      case 11: details.signature = {words}; return sink.take({.kind = EventKind::kPartSigned, .details = &details});
      case 10: details.signature = {words}; return sink.take({.kind = EventKind::kContentEnded, .details = &details});
      default:
        ends_with_error_ = kind > 200;
        return sink.take({.kind = EventKind::kStarted, .id = {"id"}, .name = {words}});
    }
  }

  std::string_view bytes_;
  uint32_t calls_ = 0;
  bool ends_with_error_ = false;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size < 2) return 0;
  const std::string_view rest(reinterpret_cast<const char*>(data) + 2, size - 2);
  const dialects::Dialect& dialect = dialect_of(data[1]);
  Encoded encoded({.provider = "p", .model = "m", .dialect = dialect.id()});
  if (data[0] % 2 == 0) {
    Script(rest).play(encoded);
  } else {
    const dialects::ReplyContext context{.model = "m", .text_tool = "", .seed = "s"};
    const auto decoder = dialect.make_stream_decoder(context);
    decoder->push(rest, encoded);
    decoder->end(encoded);
  }
  encoded.check();
  return 0;
}
