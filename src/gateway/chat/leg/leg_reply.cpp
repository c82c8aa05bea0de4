// The part of a leg that reads the reply.
#include <algorithm>
#include <utility>

#include "base/limits.h"
#include "gateway/chat/held_replies.h"
#include "gateway/chat/lanes/native_error.h"
#include "gateway/chat/lanes/native_lane.h"
#include "gateway/chat/lanes/translated_lane.h"
#include "gateway/chat/leg/leg.h"
#include "gateway/http/reply.h"
#include "gateway/upstream/errors.h"
#include "providers/echo/echo.h"

namespace onellm::gateway {

// Hands the events of a reply to the leg.
class Leg::Events final : public chat::EventSink {
 public:
  Events(Leg& leg, chat::EventSink& sink) : leg_(leg), sink_(sink) {}
  void take(const chat::Event& event) override { leg_.take(event, sink_); }

 private:
  Leg& leg_;
  chat::EventSink& sink_;
};

LegStep Leg::answer_locally(chat::EventSink& sink) {
  // A streamed answer is counted too: it may have to wait for other legs.
  const size_t bytes = std::min(static_cast<size_t>(context_.account.body_bytes), kEchoAnswerBytesMax);
  if (std::optional<Error> no_room = hold_reply(context_, report_.name, bytes)) return ask_next(*no_room, sink);
  Events events(*this, sink);
  providers::answer_by_echo(request_, context_.random.id(context_.client->id_prefix()), context_.now_s(), events);
  return LegStep::kNothing;
}

// --- events of the upstream ---

LegStep Leg::on_fetch_head(const Head& head, chat::EventSink& sink) {
  const UpstreamStep step = call_.on_head(head);
  report_.upstream_status = call_.status();
  const providers::Kind& kind = *provider().kind;
  report_.passed_headers = passed_headers(kind, head, is_own_dialect(), context_.now_ms);
  remove_secrets(report_.passed_headers, provider());
  if (native_ && !kind.request_id_header.empty()) {
    report_.request_id = head.header(kind.request_id_header).substr(0, kPassedHeaderBytesMax);
    if (holds_secret(report_.request_id, provider())) report_.request_id.clear();
  }
  if (step != UpstreamStep::kBegan) return follow(step, sink);
  begin_reply(head);
  return LegStep::kNothing;
}

void Leg::begin_reply(const Head& head) {
  const Attempt& asked = continued_.empty() ? attempt() : *continued_.back();
  const ReplySource source{.dialect = *asked.api.dialect,
                           .asked = asked.encoded.reply,
                           .provider = provider(),
                           .context = context_,
                           .report = report_};
  const bool is_event_stream = head.header("content-type").starts_with(asked.api.dialect->stream_type());
  if (!request_.stream) {
    // If a stream comes although it was not asked for, it is made a whole reply.
    const bool is_native = native_ && !is_event_stream;
    reader_ = is_native ? make_native_whole_reply(source) : make_translated_whole_reply(source);
    return call_.read_whole(kReplyBytesMax);
  }
  // A stream without the right content type may be an error or a whole reply: the decoder finds out.
  const bool is_native = native_ && is_event_stream;
  reader_ = is_native ? make_native_stream_reply(source) : make_translated_stream_reply(source);
  call_.read_stream();
}

LegStep Leg::on_fetch_bytes(std::string_view bytes, chat::EventSink& sink) {
  report_.reply_bytes += static_cast<int64_t>(bytes.size());
  if (call_.on_bytes(bytes) != UpstreamStep::kBytes) return LegStep::kNothing;
  Events events(*this, sink);
  return follow(reader_->read(bytes, events), sink);
}

LegStep Leg::on_fetch_end(chat::EventSink& sink) { return follow(call_.on_end(), sink); }

LegStep Leg::on_fetch_failed(chat::EventSink& sink) { return follow(call_.on_failed(), sink); }

LegStep Leg::follow(UpstreamStep step, chat::EventSink& sink) {
  Events events(*this, sink);
  switch (step) {
    case UpstreamStep::kEnded: return follow(reader_->end(events), sink);
    case UpstreamStep::kBroken: return follow(reader_->cut(call_.error(), events), sink);
    case UpstreamStep::kLost: reader_->cancel(); return end_relay({.is_broken = true}, call_.error());
    case UpstreamStep::kRefused: {
      const Attempt& asked = continued_.empty() ? attempt() : *continued_.back();
      const std::string body = call_.take_error_body();
      if (native_ && context_.client->passes_errors()) report_.error_body = native_error_body(body, provider());
      return ask_next(asked.api.dialect->decode_error(call_.status(), body, asked.encoded.reply), sink);
    }
    case UpstreamStep::kFailed: return ask_next(call_.error(), sink);
    case UpstreamStep::kDue: return ask_again(sink);
    case UpstreamStep::kNothing:
    case UpstreamStep::kBegan:
    case UpstreamStep::kBytes:
    case UpstreamStep::kGaveUp: break;
  }
  return LegStep::kNothing;
}

LegStep Leg::follow(const ReadResult& read, chat::EventSink& sink) {
  if (reply_ended_) {
    if (failed_) return ask_next(*std::exchange(failed_, std::nullopt), sink);
    return goes_on_ ? go_on(sink) : LegStep::kNothing;
  }
  switch (read.step) {
    case ReadStep::kFailed:
      call_.cancel();
      reader_->cancel();
      return ask_next(*reader_->failure(), sink);
    case ReadStep::kWhole:
      call_.finish();
      report_.note_first_token(context_.now_ms);
      end(Outcome::kOk);
      return LegStep::kWhole;
    case ReadStep::kStreamEnded:
      note_content();
      end_relay(std::move(reader_->ending()), reader_->failure());
      return LegStep::kStreamEnded;
    case ReadStep::kRelayEnded: return end_relay(std::move(reader_->ending()), reader_->failure());
    case ReadStep::kStream: note_content(); break;
    case ReadStep::kMore: break;
  }
  if (read.end_within_ms == 0) {
    call_.expect_more();
  } else {
    call_.expect_end(read.end_within_ms);
  }
  return read.step == ReadStep::kStream ? LegStep::kStream : LegStep::kNothing;
}

LegStep Leg::end_relay(RelayEnding ending, const std::optional<Error>& cut_for) {
  call_.finish();
  if (cut_for) report_.error = cut_for;
  relay_ending_ = std::move(ending);
  end(report_.error ? Outcome::kError : Outcome::kOk);
  return LegStep::kRelayEnded;
}

// --- events of the answer ---

void Leg::take(const chat::Event& event, chat::EventSink& sink) {
  if (reply_ended_ || state_ != State::kAsking) return;
  switch (event.kind) {
    case chat::EventKind::kStarted: return take_start(event, sink);
    case chat::EventKind::kUsage: report_.note(event); return sink.take(event);
    case chat::EventKind::kText:
    case chat::EventKind::kReasoning:
    case chat::EventKind::kRefusal:
    case chat::EventKind::kToolCallOpened:
    case chat::EventKind::kToolArguments:
    case chat::EventKind::kExtra:
    case chat::EventKind::kThinkingSigned:
    case chat::EventKind::kPartSigned:
    case chat::EventKind::kCitation:
    case chat::EventKind::kMedia:
    case chat::EventKind::kCode:
    case chat::EventKind::kProviderPart:
    case chat::EventKind::kContentEnded:
    case chat::EventKind::kFinished: return take_content(event, sink);
    case chat::EventKind::kCompleted: return take_end(event, sink);
    case chat::EventKind::kFailed: return take_failure(event, sink);
  }
}

// The start of an answer is not yet a part of it: until the first part the timeout of the first token applies.
void Leg::take_start(const chat::Event& event, chat::EventSink& sink) {
  report_.note(event);
  if (!continued_.empty()) return;  // The answer began with the first call.
  chat::Event shown = event;
  shown.origin = &origin_;
  if (!event.name.empty()) return sink.take(shown);
  const std::string model = json::escape(attempt().target.model);  // Some hosts never send the model's name.
  shown.name = {model};
  sink.take(shown);
}

void Leg::take_content(const chat::Event& event, chat::EventSink& sink) {
  if (event.unfinished != nullptr && plan_to_go_on(*event.unfinished)) {
    finish_ = event.finish;
    native_finish_ = event.native_finish.text;
    return;
  }
  if (!call_.answer_noted()) note_content();
  report_.note(event);
  const bool may_be_lost =
      event.kind == chat::EventKind::kThinkingSigned || event.kind == chat::EventKind::kToolCallOpened;
  if (may_be_lost && !is_own_dialect()) turn_.note(event);
  if (event.unfinished == nullptr) return sink.take(event);  // The usual case: copying an event is expensive.
  chat::Event shown = event;
  shown.unfinished = nullptr;  // Valid only during this call, and not needed by the receiver.
  sink.take(shown);
}

void Leg::take_end(const chat::Event& event, chat::EventSink& sink) {
  reply_ended_ = true;
  call_.finish();
  if (goes_on_) return;
  note_content();
  report_.note(event);
  turn_.owner = context_.account.key_id;
  context_.thoughts->remember(std::move(turn_), context_.now_ms);
  end(Outcome::kOk);
  sink.take(event);
}

void Leg::take_failure(const chat::Event& event, chat::EventSink& sink) {
  reply_ended_ = true;
  call_.cancel();
  if (std::exchange(goes_on_, false)) continued_.pop_back();  // The turn has no clean end to go on from.
  if (!call_.has_answer()) {
    failed_ = *event.error;
    return;
  }
  report_.note(event);
  report_.error = redacted(*event.error, provider());
  pass_retry_after(*event.error, report_.passed_headers);
  end(Outcome::kError);
  chat::Event shown = event;
  shown.error = &*report_.error;
  sink.take(shown);
}

void Leg::note_content() {
  if (!call_.has_answer()) {
    report_.note_first_token(context_.now_ms);
    remember_lessons();
  }
  call_.note_answer();
}

}  // namespace onellm::gateway
