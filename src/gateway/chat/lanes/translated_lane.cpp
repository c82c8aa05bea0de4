#include "gateway/chat/lanes/translated_lane.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "base/heap.h"
#include "base/limits.h"
#include "base/pieces.h"
#include "gateway/chat/lanes/choice_errors.h"
#include "gateway/chat/merge/event_store.h"

namespace onellm::gateway {

namespace {

// Hands on the events of a decoder. Memory that the receivers of an event allocate is not counted as the decoder's.
class CallSink final : public chat::EventSink {
 public:
  CallSink(UpstreamCall& call, HeapUse& decoder_use) : call_(call), decoder_use_(decoder_use) {}
  void take(const chat::Event& event) override {
    const HeapUse::Pause handed_on(decoder_use_);
    if (event.choice_extra.empty()) return call_.take(event);
    const std::optional<std::string> masked = mask_choice_error(event.choice_extra, call_.provider());
    if (!masked) return call_.take(event);
    chat::Event shown = event;
    shown.choice_extra = {*masked};
    call_.take(shown);
  }

 private:
  UpstreamCall& call_;
  HeapUse& decoder_use_;
};

// Keeps the events of a long whole reply until it is decoded. The text and its index need five times the memory of the
// events, and the receivers of the events need memory too.
class LateSink final : public chat::EventSink {
 public:
  explicit LateSink(chat::EventSink& sink) : sink_(sink) {}
  void take(const chat::Event& event) override {
    if (event.unfinished == nullptr) return events_.add(event);
    hand_on();  // It points to data that EventStore does not keep.
    sink_.take(event);
  }
  void hand_on() { events_.drain_to(sink_); }

 private:
  chat::EventSink& sink_;
  EventStore events_;
};

// Reports the events to accounting when the client does not get them any more.
class ReportSink final : public chat::EventSink {
 public:
  explicit ReportSink(LegReport& report) : report_(report) {}
  void take(const chat::Event& event) override { report_.note(event); }

 private:
  LegReport& report_;
};

// True if the body is a stream of events although a whole reply was asked for. Some proxies can only stream.
// https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream
bool is_event_stream(std::string_view body) {
  body.remove_prefix(std::min(body.find_first_not_of("\r\n"), body.size()));
  for (const std::string_view field : {"data:", "event:", "id:", "retry:", ":"}) {
    if (body.starts_with(field)) return true;
  }
  return false;
}

class TranslatedWholeReply final : public ReplyReader {
 public:
  TranslatedWholeReply(UpstreamCall& call, const dialects::Dialect& dialect, const dialects::ReplyContext& context)
      : call_(call), sink_(call, use_), dialect_(dialect), context_(context) {}

  [[nodiscard]] size_t held_bytes() const override { return body_.bytes(); }
  void on_bytes(std::string_view bytes) override { body_.append(bytes); }
  void on_end() override {
    const HeapUse::Scope measured(use_);
    std::string body;
    body_.move_to(body);  // Freed here because the leg may live for long.
    if (body.size() > kReplyBytesMax) {
      return call_.fail(
          {.kind = ErrorKind::kUpstreamBadReply, .message = call_.report().name + ": the reply is too large"});
    }
    if (const std::optional<Error> no_room = call_.hold_whole(body.size())) return call_.fail(*no_room);
    if (is_event_stream(body)) {
      const std::unique_ptr<dialects::StreamDecoder> decoder = dialect_.make_stream_decoder(context_);
      decoder->push(body, sink_);
      decoder->end(sink_);
    } else if (body.size() <= kReplyPieceBytes) {
      dialect_.decode_reply(body, context_, sink_);
    } else {
      LateSink late(sink_);
      dialect_.decode_reply(body, context_, late);
      std::string().swap(body);
      late.hand_on();
    }
  }
  void on_cut(const Error& cut) override { call_.fail(cut); }
  void on_cancelled() override { body_.clear(); }

 private:
  UpstreamCall& call_;
  HeapUse use_;
  CallSink sink_;
  const dialects::Dialect& dialect_;
  const dialects::ReplyContext& context_;
  Pieces body_;
};

class TranslatedStreamReply final : public ReplyReader {
 public:
  TranslatedStreamReply(UpstreamCall& call, const dialects::Dialect& dialect, const dialects::ReplyContext& context)
      : call_(call), sink_(call, use_), decoder_(dialect.make_stream_decoder(context)) {}

  [[nodiscard]] size_t held_bytes() const override { return use_.bytes(); }
  void on_bytes(std::string_view bytes) override {
    const HeapUse::Scope measured(use_);
    decoder_->push(bytes, sink_);
    if (decoder_->awaits_end()) {
      call_.expect_end(kEndAfterFinishMs);
    } else {
      call_.expect_more();
    }
  }
  void on_end() override {
    const HeapUse::Scope measured(use_);
    decoder_->end(sink_);
  }
  void on_cut(const Error& cut) override {
    const HeapUse::Scope measured(use_);
    decoder_->cut(cut, sink_);
  }
  void on_cancelled() override {
    ReportSink sink(call_.report());
    decoder_->report_usage(sink);
  }

 private:
  UpstreamCall& call_;
  HeapUse use_;  // What the decoder holds.
  CallSink sink_;
  std::unique_ptr<dialects::StreamDecoder> decoder_;
};

}  // namespace

std::unique_ptr<ReplyReader> make_translated_whole_reply(UpstreamCall& call, const dialects::Dialect& dialect,
                                                         const dialects::ReplyContext& context) {
  return std::make_unique<TranslatedWholeReply>(call, dialect, context);
}

std::unique_ptr<ReplyReader> make_translated_stream_reply(UpstreamCall& call, const dialects::Dialect& dialect,
                                                          const dialects::ReplyContext& context) {
  return std::make_unique<TranslatedStreamReply>(call, dialect, context);
}

}  // namespace onellm::gateway
