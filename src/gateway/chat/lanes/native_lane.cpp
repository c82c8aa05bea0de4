#include "gateway/chat/lanes/native_lane.h"

#include <string>
#include <utility>

#include "base/heap.h"
#include "base/limits.h"
#include "base/pieces.h"
#include "gateway/chat/lanes/credential_mask.h"

namespace onellm::gateway {

namespace {

// Reports to accounting what it needs of a whole reply.
class WholeSink final : public chat::EventSink {
 public:
  explicit WholeSink(LegReport& report) : report_(report) {}

  void take(const chat::Event& event) override {
    report_.note(event);
    if (event.kind == chat::EventKind::kFailed) error = *event.error;
  }

  std::optional<Error> error;

 private:
  LegReport& report_;
};

class NativeWholeReply final : public ReplyReader {
 public:
  explicit NativeWholeReply(const ReplySource& source) : source_(source) {}

  [[nodiscard]] size_t held_bytes() const override { return pieces_.bytes(); }
  ReadResult read(std::string_view bytes, chat::EventSink& /*sink*/) override {
    pieces_.append(bytes);
    return {};
  }
  ReadResult end(chat::EventSink& /*sink*/) override {
    WholeSink sink(source_.report);
    std::string body;
    pieces_.move_to(body);
    if (body.size() > kReplyBytesMax) {
      return fail({.kind = ErrorKind::kUpstreamBadReply, .message = source_.report.name + ": the reply is too large"});
    }
    source_.dialect.decode_reply(body, source_.asked, sink);
    if (sink.error) return fail(*std::move(sink.error));
    const CredentialMask mask(source_.provider);
    std::optional<std::string> masked = source_.dialect.mask_errors_in_reply(body, mask);
    const bool is_changed = masked.has_value();
    body_ = {.text = masked ? *std::move(masked) : std::move(body), .is_changed = is_changed};
    return {.step = ReadStep::kWhole};
  }
  ReadResult cut(const Error& reason, chat::EventSink& /*sink*/) override { return fail(reason); }
  void cancel() override { pieces_.clear(); }

 private:
  const ReplySource source_;
  Pieces pieces_;
};

// Notes whether content or an error came first. Usage counts as neither. The start of an answer only counts if
// `start_counts` (ClientDialect::relays_from_start), and not before an error that came in the same read.
class FirstEvent final : public chat::EventSink {
 public:
  FirstEvent(LegReport& report, bool start_counts) : report_(report), start_counts_(start_counts) {}

  void take(const chat::Event& event) override {
    report_.note(event);
    started_ |= event.kind == chat::EventKind::kStarted;
    if (!chat::begins_answer(event.kind)) return;
    if (event.kind != chat::EventKind::kFailed) {
      content_seen_ = true;
    } else if (!content_seen_) {
      error = *event.error;
    }
  }

  // Ask after a whole read, and for `error` before.
  [[nodiscard]] bool seen() const { return content_seen_ || (start_counts_ && started_); }

  std::optional<Error> error;

 private:
  LegReport& report_;
  const bool start_counts_;
  bool started_ = false;
  bool content_seen_ = false;
};

class NativeStreamReply final : public ReplyReader {
 public:
  explicit NativeStreamReply(const ReplySource& source)
      : source_(source), first_(source.report, source.context.client->relays_from_start()) {
    const HeapUse::Scope measured(use_);
    const Context& session = source.context;
    const std::string& providers_id = source.report.request_id;
    watcher_ = session.client->make_relay_watcher(source.asked.choices,
                                                  providers_id.empty() ? session.request_id : providers_id);
    decoder_ = source.dialect.make_stream_decoder(source.asked);
  }

  [[nodiscard]] size_t held_bytes() const override { return use_.bytes(); }
  // A client does not need what follows the end mark.
  [[nodiscard]] bool lags() const override { return shown_ && !watcher_->end_mark_seen(); }
  bool go_on_with_less() override {
    if (!shown_) return false;
    const HeapUse::Scope measured(use_);
    watcher_->skip_event();
    decoder_.reset();
    return true;
  }

  ReadResult read(std::string_view bytes, chat::EventSink& /*sink*/) override {
    const HeapUse::Scope measured(use_);
    if (shown_) {
      watcher_->push(bytes);
      if (decoder_ != nullptr) decoder_->push(bytes, first_);
      return {.end_within_ms = end_within_ms()};
    }
    peeked_.append(bytes);
    decoder_->push(bytes, first_);
    const ReadStep step = show_or_fail();
    if (step == ReadStep::kMore && peeked_.bytes() > kPeekedBytesMax) return give_up();
    return {.step = step, .end_within_ms = shown_ ? end_within_ms() : 0};
  }

  ReadResult end(chat::EventSink& /*sink*/) override {
    const HeapUse::Scope measured(use_);
    ReadStep step = ReadStep::kRelayEnded;
    if (!shown_) {
      decoder_->end(first_);
      const ReadStep shown = show_or_fail();
      if (shown == ReadStep::kFailed) return {.step = shown};
      if (shown == ReadStep::kStream) step = ReadStep::kStreamEnded;
    }
    finish({.kind = ErrorKind::kUpstreamCut,
            .message = source_.report.name + ": the stream ended before the answer was complete"});
    return {.step = step};
  }

  ReadResult cut(const Error& reason, chat::EventSink& /*sink*/) override {
    if (!shown_) return fail(reason);
    finish(reason);
    return {.step = ReadStep::kRelayEnded};
  }

  void cancel() override { note_watched(); }

 private:
  // kMore, kStream or kFailed.
  ReadStep show_or_fail() {
    if (first_.error) return fail(*first_.error).step;
    if (!first_.seen()) return ReadStep::kMore;
    shown_ = true;
    if (!source_.report.keeps_text) decoder_.reset();
    std::string peeked;
    peeked_.move_to(peeked);
    // The later bytes cannot be masked: they go to the client directly.
    const CredentialMask mask(source_.provider);
    if (std::optional<std::string> masked = source_.dialect.mask_errors_in_events(peeked, mask)) {
      peeked = *std::move(masked);
    }
    watcher_->push(peeked);
    const HeapUse::Pause handed_on(use_);
    body_.text = peeked;
    return ReadStep::kStream;
  }

  ReadResult give_up() {
    peeked_.clear();
    return fail({.kind = ErrorKind::kUpstreamBadReply,
                 .message = source_.report.name + ": the stream does not come to its answer"});
  }

  [[nodiscard]] uint32_t end_within_ms() const {
    if (watcher_->end_mark_seen() || watcher_->error_seen()) return kLingerMs;
    return watcher_->awaits_end() ? kEndAfterFinishMs : 0;
  }

  // Sets ending_ and failure_.
  void finish(const Error& reason) {
    ending_ = watcher_->end(reason);
    note_watched();
    if (watcher_->error_seen()) {
      source_.report.error = {.kind = ErrorKind::kUpstreamRefused, .message = "an error came in the relayed stream"};
    }
    if (!ending_.is_whole) failure_ = reason;
  }

  void note_watched() {
    LegReport& report = source_.report;
    if (watcher_->usage() != nullptr) report.usage = *watcher_->usage();
    report.content_bytes = watcher_->content_bytes();
  }

  const ReplySource source_;
  HeapUse use_;
  std::unique_ptr<dialects::StreamDecoder> decoder_;  // Null once the reply is shown, unless its text is logged.
  bool shown_ = false;
  FirstEvent first_;
  Pieces peeked_;
  std::unique_ptr<dialects::RelayWatcher> watcher_;
};

}  // namespace

std::unique_ptr<ReplyReader> make_native_whole_reply(const ReplySource& source) {
  return std::make_unique<NativeWholeReply>(source);
}

std::unique_ptr<ReplyReader> make_native_stream_reply(const ReplySource& source) {
  return std::make_unique<NativeStreamReply>(source);
}

}  // namespace onellm::gateway
