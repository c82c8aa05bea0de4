#include "gateway/upstream/call.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "base/limits.h"
#include "gateway/chat/held_replies.h"
#include "gateway/chat/lanes/native_lane.h"
#include "gateway/chat/lanes/translated_lane.h"
#include "gateway/http/reply.h"
#include "gateway/upstream/errors.h"
#include "gateway/upstream/head.h"

namespace onellm::gateway {

UpstreamCall::UpstreamCall(const Attempt& attempt, bool stream, bool native, bool only_hope, Context& context,
                           LegReport& report, CallListener& listener)
    : attempt_(attempt),
      stream_(stream),
      native_(native),
      context_(context),
      report_(report),
      listener_(listener),
      id_(context.new_fetch_id()),
      head_wanted_by_ms_(context.now_ms + context.settings->head_timeout_ms(stream)) {
  Command fetch{.kind = CommandKind::kFetch,
                .id = id_,
                .number = only_hope && !stream ? 1U : 0U,
                .head = upstream_head(attempt, stream, context)};
  for (const std::string_view piece : attempt.encoded.body.pieces()) fetch.body.add_view(piece);
  context.commands.add(std::move(fetch));
  context.account.upstream_wait.begin(context.now_ms);
}

UpstreamCall::~UpstreamCall() = default;

// --- events of the upstream ---

void UpstreamCall::on_head(const Head& head) {
  if (state_ != State::kWaitingForHead) return;
  status_ = head.status();
  report_.upstream_status = status_;
  report_.passed_headers = passed_headers(*attempt_.target.provider->kind, head, context_.now_ms);
  reply_began_ms_ = context_.now_ms;
  if (status_ < 200 || status_ > 299) {
    state_ = State::kReadingError;
    return context_.commands.add(CommandKind::kReadWhole, id_, static_cast<uint32_t>(kErrorBodyBytesMax));
  }
  begin_reply(head);
}

void UpstreamCall::begin_reply(const Head& head) {
  state_ = State::kReading;
  const dialects::ReplyContext& asked = attempt_.encoded.reply;
  const bool is_event_stream = head.header("content-type").starts_with("text/event-stream");
  if (!stream_) {
    // If a stream comes although it was not asked for, it is made a whole reply.
    reader_ = native_ && !is_event_stream ? make_native_whole_reply(*this, dialect(), asked)
                                          : make_translated_whole_reply(*this, dialect(), asked);
    return context_.commands.add(CommandKind::kReadWhole, id_, static_cast<uint32_t>(kReplyBytesMax));
  }
  // A stream without the right content type may be an error or a whole reply: the decoder finds out.
  reader_ = native_ && is_event_stream ? make_native_stream_reply(*this, dialect(), asked)
                                       : make_translated_stream_reply(*this, dialect(), asked);
  context_.commands.add(CommandKind::kReadStream, id_);
}

void UpstreamCall::on_bytes(std::string_view bytes) {
  report_.reply_bytes += static_cast<int64_t>(bytes.size());
  if (state_ == State::kReadingError) {
    error_body_.append(bytes.substr(0, kErrorBodyBytesMax - std::min(error_body_.size(), kErrorBodyBytesMax)));
  } else if (state_ == State::kReading) {
    // After the answer has begun, even a ping shows that the upstream is alive: models think for minutes and send
    // nothing.
    if (last_event_ms_ != 0) note_progress();
    reader_->on_bytes(bytes);
  }
}

void UpstreamCall::on_end() {
  open_ = false;
  if (stopped_for_ && state_ == State::kReading) return reader_->on_cut(*stopped_for_);
  if (state_ == State::kReadingError) {
    fail(dialect().decode_error(status_, error_body_, attempt_.encoded.reply));
  } else if (state_ == State::kReading) {
    reader_->on_end();
  }
}

void UpstreamCall::on_failed() {
  open_ = false;
  if (stopped_for_) return cut(*stopped_for_);
  if (state_ == State::kWaitingForHead) {
    return fail({.kind = ErrorKind::kUpstreamUnreachable,
                 .message = report_.name + ": the provider " + report_.provider + " could not be reached"});
  }
  cut({.kind = ErrorKind::kUpstreamCut,
       .message = report_.name + ": the connection broke before the answer was complete"});
}

void UpstreamCall::cut(const Error& reason) {
  abort_fetch();
  switch (state_) {
    case State::kWaitingForHead: return fail(reason);
    case State::kReadingError: return on_end();  // Uses the part of the error's body that came.
    case State::kReading: return reader_->on_cut(reason);
    case State::kOver: return;
  }
}

void UpstreamCall::give_up(const Error& reason) {
  if (state_ == State::kReading && reader_->go_on_with_less()) return;
  cut(reason);
}

void UpstreamCall::break_off(const Error& reason) {
  if (state_ != State::kReading) return cut(reason);
  reader_->on_cancelled();
  take({.kind = chat::EventKind::kFailed, .error = &reason});
}

// --- time ---

double UpstreamCall::deadline_ms() const {
  const routing::Settings& settings = *context_.settings;
  switch (state_) {
    case State::kWaitingForHead: return head_wanted_by_ms_;
    case State::kReadingError: return reply_began_ms_ + settings.idle_timeout_ms;
    case State::kReading:
      if (paused_) break;
      if (stopped_for_) return stopped_by_ms_;
      if (end_wanted_by_ms_ != 0) return end_wanted_by_ms_;
      if (last_event_ms_ == 0) return reply_began_ms_ + settings.first_token_timeout_ms;
      return last_event_ms_ + settings.idle_timeout_ms;
    case State::kOver: break;
  }
  return std::numeric_limits<double>::infinity();
}

void UpstreamCall::on_time() {
  if (context_.now_ms < deadline_ms()) return;
  const routing::Settings& settings = *context_.settings;
  const std::string& name = report_.name;
  if (state_ == State::kWaitingForHead) {
    cut(timed_out(name, "no reply", settings.head_timeout_ms(stream_), settings.head_timeout_setting(stream_)));
  } else if (end_wanted_by_ms_ != 0 && state_ == State::kReading) {
    end_late({.kind = ErrorKind::kUpstreamCut, .message = name + ": the stream did not end with its answer"});
  } else if (last_event_ms_ == 0) {
    cut(timed_out(name, "no first event", settings.first_token_timeout_ms, "ONELLM_FIRST_TOKEN_TIMEOUT_MS"));
  } else {
    end_late(timed_out(name, "no further event", settings.idle_timeout_ms, "ONELLM_IDLE_TIMEOUT_MS"));
  }
}

// Ends a reply whose time is over. If it is relayed, the client may have more of it than was read here, even half an
// event, and nothing can be written after half an event. So the shim must stop relaying and first deliver the copies of
// what it relayed. If it does not, the connection is broken, because the end of what was relayed is unknown.
void UpstreamCall::end_late(const Error& reason) {
  if (stopped_for_) {
    cancel();
    return listener_.on_call_relay_ended(RelayEnding::kCutInEvent, *stopped_for_);
  }
  if (!reader_->lags() || !open_) return cut(reason);
  stopped_for_ = reason;
  stopped_by_ms_ = context_.now_ms + kRelayStopMs;
  context_.commands.add(CommandKind::kAbortFetch, id_, 1);
}

void UpstreamCall::expect_end(uint32_t within_ms) {
  const double by_ms = context_.now_ms + within_ms;
  if (end_wanted_by_ms_ == 0 || by_ms < end_wanted_by_ms_) end_wanted_by_ms_ = by_ms;
}

bool UpstreamCall::pause() {
  if (!open_ || state_ != State::kReading) return false;
  if (!std::exchange(paused_, true)) context_.commands.add(CommandKind::kPause, id_);
  return true;
}

void UpstreamCall::resume() {
  if (!paused_) return;
  paused_ = false;
  last_event_ms_ = context_.now_ms;
  if (end_wanted_by_ms_ != 0) end_wanted_by_ms_ = context_.now_ms + kEndAfterFinishMs;
  if (state_ == State::kReading) context_.commands.add(CommandKind::kResume, id_);
}

// --- results and end of the call ---

void UpstreamCall::take(const chat::Event& event) {
  if (state_ != State::kReading) return;
  // The start of an answer is not yet a part of it: until the first part the timeout of the first token applies.
  const bool is_part = event.kind != chat::EventKind::kStarted && event.kind != chat::EventKind::kUsage;
  if (is_part || last_event_ms_ != 0) last_event_ms_ = context_.now_ms;
  const bool failed = event.kind == chat::EventKind::kFailed;
  if (failed) abort_fetch();
  if (failed || event.kind == chat::EventKind::kCompleted) end_call();
  listener_.on_call_event(event);
}

void UpstreamCall::fail(const Error& error) {
  if (state_ == State::kOver) return;
  cancel();
  listener_.on_call_failed(error);
}

std::optional<Error> UpstreamCall::hold_whole(size_t bytes) { return hold_reply(context_, report_.name, bytes); }

void UpstreamCall::native_whole(NativeBody body) {
  end_call();
  listener_.on_call_whole(std::move(body));
}

void UpstreamCall::native_stream(std::string_view peeked) { listener_.on_call_stream(peeked); }

void UpstreamCall::native_ended(RelayEnding ending, const Error& error) {
  end_call();
  listener_.on_call_relay_ended(ending, error);
}

bool UpstreamCall::cancel() {
  const bool was_asked = abort_fetch();
  if (state_ == State::kReading) reader_->on_cancelled();
  end_call();
  return was_asked;
}

void UpstreamCall::end_call() {
  if (std::exchange(state_, State::kOver) != State::kOver) context_.account.upstream_wait.end(context_.now_ms);
}

// Returns false if there was nothing to abort, because the shim has not taken the fetch command yet.
bool UpstreamCall::abort_fetch() {
  if (!std::exchange(open_, false)) return true;
  if (context_.commands.withdraw_fetch(id_)) return false;
  context_.commands.add(CommandKind::kAbortFetch, id_);
  return true;
}

}  // namespace onellm::gateway
