#include "gateway/chat/lanes/translated_lane.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "base/heap.h"
#include "base/limits.h"
#include "base/pieces.h"
#include "gateway/chat/held_replies.h"
#include "gateway/chat/lanes/credential_mask.h"
#include "gateway/chat/merge/event_store.h"

namespace onellm::gateway {

namespace {

// Hands on the events of a decoder, with errors masked. Memory that the receivers of an event allocate is not counted
// as the decoder's.
class HandOn final : public chat::EventSink {
 public:
  HandOn(const ReplySource& source, HeapUse& decoder_use, chat::EventSink& sink)
      : source_(source), decoder_use_(decoder_use), sink_(sink) {}
  void take(const chat::Event& event) override {
    const HeapUse::Pause handed_on(decoder_use_);
    if (event.choice_extra.empty()) return sink_.take(event);
    const CredentialMask mask(source_.provider);
    const std::optional<std::string> masked = source_.dialect.mask_error_in_choice(event.choice_extra, mask);
    if (!masked) return sink_.take(event);
    chat::Event shown = event;
    shown.choice_extra = {*masked};
    sink_.take(shown);
  }

 private:
  const ReplySource& source_;
  HeapUse& decoder_use_;
  chat::EventSink& sink_;
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
  explicit TranslatedWholeReply(const ReplySource& source) : source_(source) {}

  [[nodiscard]] size_t held_bytes() const override { return body_bytes_.bytes(); }
  ReadResult read(std::string_view bytes, chat::EventSink& /*sink*/) override {
    body_bytes_.append(bytes);
    return {};
  }
  ReadResult end(chat::EventSink& sink) override {
    const HeapUse::Scope measured(use_);
    std::string body;
    body_bytes_.move_to(body);  // Freed here because the leg may live for long.
    const std::string& name = source_.report.name;
    if (body.size() > kReplyBytesMax) {
      return fail({.kind = ErrorKind::kUpstreamBadReply, .message = name + ": the reply is too large"});
    }
    if (const std::optional<Error> no_room = hold_reply(source_.context, name, body.size())) return fail(*no_room);
    HandOn out(source_, use_, sink);
    if (is_event_stream(body)) {
      const std::unique_ptr<dialects::StreamDecoder> decoder = source_.dialect.make_stream_decoder(source_.asked);
      decoder->push(body, out);
      decoder->end(out);
    } else if (body.size() <= kReplyPieceBytes) {
      source_.dialect.decode_reply(body, source_.asked, out);
    } else {
      LateSink late(out);
      source_.dialect.decode_reply(body, source_.asked, late);
      std::string().swap(body);
      late.hand_on();
    }
    return {};
  }
  ReadResult cut(const Error& reason, chat::EventSink& /*sink*/) override { return fail(reason); }
  void cancel() override { body_bytes_.clear(); }

 private:
  const ReplySource source_;
  HeapUse use_;
  Pieces body_bytes_;
};

class TranslatedStreamReply final : public ReplyReader {
 public:
  explicit TranslatedStreamReply(const ReplySource& source)
      : source_(source), decoder_(source.dialect.make_stream_decoder(source.asked)) {}

  [[nodiscard]] size_t held_bytes() const override { return use_.bytes(); }
  ReadResult read(std::string_view bytes, chat::EventSink& sink) override {
    const HeapUse::Scope measured(use_);
    HandOn out(source_, use_, sink);
    decoder_->push(bytes, out);
    return {.end_within_ms = decoder_->awaits_end() ? kEndAfterFinishMs : 0};
  }
  ReadResult end(chat::EventSink& sink) override {
    const HeapUse::Scope measured(use_);
    HandOn out(source_, use_, sink);
    decoder_->end(out);
    return {};
  }
  ReadResult cut(const Error& reason, chat::EventSink& sink) override {
    const HeapUse::Scope measured(use_);
    HandOn out(source_, use_, sink);
    decoder_->cut(reason, out);
    return {};
  }
  void cancel() override {
    ReportSink sink(source_.report);
    decoder_->report_usage(sink);
  }

 private:
  const ReplySource source_;
  HeapUse use_;  // What the decoder holds.
  std::unique_ptr<dialects::StreamDecoder> decoder_;
};

}  // namespace

std::unique_ptr<ReplyReader> make_translated_whole_reply(const ReplySource& source) {
  return std::make_unique<TranslatedWholeReply>(source);
}

std::unique_ptr<ReplyReader> make_translated_stream_reply(const ReplySource& source) {
  return std::make_unique<TranslatedStreamReply>(source);
}

}  // namespace onellm::gateway
