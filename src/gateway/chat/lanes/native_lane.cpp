#include "gateway/chat/lanes/native_lane.h"

#include <string>
#include <utility>

#include "base/heap.h"
#include "base/limits.h"
#include "base/pieces.h"
#include "dialects/openai_chat/dialect.h"
#include "gateway/chat/lanes/choice_errors.h"

namespace onellm::gateway {

namespace {

using Ending = RelayEnding;

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
  NativeWholeReply(UpstreamCall& call, const dialects::Dialect& dialect, const dialects::ReplyContext& context)
      : call_(call), dialect_(dialect), context_(context) {}

  [[nodiscard]] size_t held_bytes() const override { return body_.bytes(); }
  void on_bytes(std::string_view bytes) override { body_.append(bytes); }
  void on_end() override {
    WholeSink sink(call_.report());
    std::string body;
    body_.move_to(body);
    if (body.size() > kReplyBytesMax) {
      sink.error = {.kind = ErrorKind::kUpstreamBadReply, .message = call_.report().name + ": the reply is too large"};
    } else {
      dialect_.decode_reply(body, context_, sink);
    }
    if (sink.error) return call_.fail(*sink.error);
    std::optional<std::string> masked = mask_choice_errors(body, call_.provider());
    const bool is_changed = masked.has_value();
    call_.native_whole({.text = masked ? *std::move(masked) : std::move(body), .is_changed = is_changed});
  }
  void on_cut(const Error& cut) override { call_.fail(cut); }
  void on_cancelled() override { body_.clear(); }

 private:
  UpstreamCall& call_;
  const dialects::Dialect& dialect_;
  const dialects::ReplyContext& context_;
  Pieces body_;
};

// Notes whether content or an error came first. The start of an answer and its usage count as neither.
class FirstEvent final : public chat::EventSink {
 public:
  explicit FirstEvent(LegReport& report) : report_(report) {}

  void take(const chat::Event& event) override {
    report_.note(event);
    if (event.kind == chat::EventKind::kStarted || event.kind == chat::EventKind::kUsage) return;
    if (event.kind != chat::EventKind::kFailed) {
      seen = true;
    } else if (!seen) {
      error = *event.error;
    }
  }

  bool seen = false;
  std::optional<Error> error;

 private:
  LegReport& report_;
};

class NativeStreamReply final : public ReplyReader {
 public:
  NativeStreamReply(UpstreamCall& call, const dialects::Dialect& dialect, const dialects::ReplyContext& context)
      : call_(call), first_(call.report()), watcher_(context.choices) {
    const HeapUse::Scope measured(use_);
    decoder_ = dialect.make_stream_decoder(context);
  }

  [[nodiscard]] size_t held_bytes() const override { return use_.bytes(); }
  // A client does not need what follows the end mark.
  [[nodiscard]] bool lags() const override { return shown_ && !watcher_.done_seen(); }
  bool go_on_with_less() override {
    if (!shown_) return false;
    const HeapUse::Scope measured(use_);
    watcher_.skip_event();
    decoder_.reset();
    return true;
  }

  void on_bytes(std::string_view bytes) override {
    const HeapUse::Scope measured(use_);
    if (shown_) {
      call_.note_progress();
      watcher_.push(bytes);
      if (decoder_ != nullptr) decoder_->push(bytes, first_);
    } else {
      peeked_.append(bytes);
      decoder_->push(bytes, first_);
      const Shown shown = show_or_fail();
      if (shown == Shown::kNotYet && peeked_.bytes() > kPeekedBytesMax) return give_up();
      if (shown != Shown::kShown) return;
    }
    if (watcher_.done_seen() || watcher_.error_seen()) {
      call_.expect_end(kLingerMs);
    } else if (watcher_.awaits_end()) {
      call_.expect_end(kEndAfterFinishMs);
    } else {
      call_.expect_more();
    }
  }

  void on_end() override {
    const HeapUse::Scope measured(use_);
    if (!shown_) {
      decoder_->end(first_);
      if (show_or_fail() == Shown::kFailed) return;
    }
    finish({.kind = ErrorKind::kUpstreamCut,
            .message = call_.report().name + ": the stream ended before the answer was complete"});
  }

  void on_cut(const Error& cut) override {
    if (!shown_) return call_.fail(cut);
    finish(cut);
  }

  void on_cancelled() override { note_watched(); }

 private:
  enum class Shown : uint8_t { kNotYet, kShown, kFailed };

  Shown show_or_fail() {
    if (first_.error) {
      call_.fail(*first_.error);
      return Shown::kFailed;
    }
    if (!first_.seen) return Shown::kNotYet;
    shown_ = true;
    if (!call_.report().keeps_text) decoder_.reset();
    call_.note_progress();
    std::string peeked;
    peeked_.move_to(peeked);
    if (std::optional<std::string> masked = mask_choice_errors_in_events(peeked, call_.provider())) {
      peeked = *std::move(masked);
    }
    watcher_.push(peeked);
    const HeapUse::Pause handed_on(use_);
    call_.native_stream(peeked);
    return Shown::kShown;
  }

  void give_up() {
    peeked_.clear();
    call_.fail({.kind = ErrorKind::kUpstreamBadReply,
                .message = call_.report().name + ": the stream does not come to its answer"});
  }

  void finish(const Error& cut) {
    const bool at_boundary = watcher_.at_event_boundary();
    // The blank line after the last event may be missing. If the event is complete, the gateway adds the line; if not,
    // the stream cannot be repaired.
    const bool unterminated = watcher_.end() && !at_boundary;
    note_watched();
    if (watcher_.error_seen()) {
      call_.report().error = {.kind = ErrorKind::kUpstreamRefused, .message = "an error came in the relayed stream"};
    }
    if (watcher_.done_seen()) return call_.native_ended(unterminated ? Ending::kBlankLineMissing : Ending::kClean, {});
    const bool is_complete = watcher_.finished() || watcher_.error_seen();
    if (is_complete && at_boundary) return call_.native_ended(Ending::kDoneMissing, {});
    if (is_complete && unterminated) return call_.native_ended(Ending::kBlankLineAndDoneMissing, {});
    call_.native_ended(at_boundary ? Ending::kCutAtBoundary : Ending::kCutInEvent, cut);
  }

  void note_watched() {
    LegReport& report = call_.report();
    if (watcher_.usage() != nullptr) report.usage = *watcher_.usage();
    report.content_bytes = watcher_.content_bytes();
  }

  UpstreamCall& call_;
  HeapUse use_;
  std::unique_ptr<dialects::StreamDecoder> decoder_;  // Null once the reply is shown, unless its text is logged.
  bool shown_ = false;
  FirstEvent first_;
  Pieces peeked_;
  dialects::openai_chat::RelayWatcher watcher_;
};

}  // namespace

std::unique_ptr<ReplyReader> make_native_whole_reply(UpstreamCall& call, const dialects::Dialect& dialect,
                                                     const dialects::ReplyContext& context) {
  return std::make_unique<NativeWholeReply>(call, dialect, context);
}

std::unique_ptr<ReplyReader> make_native_stream_reply(UpstreamCall& call, const dialects::Dialect& dialect,
                                                      const dialects::ReplyContext& context) {
  return std::make_unique<NativeStreamReply>(call, dialect, context);
}

}  // namespace onellm::gateway
