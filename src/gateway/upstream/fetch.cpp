#include "gateway/upstream/fetch.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "base/limits.h"
#include "gateway/upstream/errors.h"

namespace onellm::gateway {

namespace {

double after(double from_ms, const Deadline& deadline) {
  return deadline.ms == 0 ? std::numeric_limits<double>::infinity() : from_ms + deadline.ms;
}

}  // namespace

void UpstreamFetch::send(UpstreamRequest request) {
  *this = UpstreamFetch(name_, deadlines_, *context_);
  provider_ = request.provider;
  id_ = context_->new_fetch_id();
  state_ = State::kWaitingForHead;
  open_ = true;
  sent_ms_ = context_->now_ms;
  Command fetch{.kind = CommandKind::kFetch,
                .id = id_,
                .number = request.is_only_hope ? 1U : 0U,
                .head = std::move(request.head)};
  if (request.body != nullptr) {
    for (const std::string_view piece : request.body->pieces()) fetch.body.add_view(piece);
  }
  context_->commands.add(std::move(fetch));
  context_->account.upstream_wait.begin(context_->now_ms);
}

// --- events of the shim ---

UpstreamStep UpstreamFetch::on_head(const Head& head) {
  if (state_ != State::kWaitingForHead) return UpstreamStep::kNothing;
  status_ = head.status();
  reply_began_ms_ = context_->now_ms;
  if (status_ >= 200 && status_ <= 299) {
    state_ = State::kReading;
    return UpstreamStep::kBegan;
  }
  state_ = State::kReadingError;
  context_->commands.add(CommandKind::kReadWhole, id_, static_cast<uint32_t>(kErrorBodyBytesMax));
  return UpstreamStep::kNothing;
}

UpstreamStep UpstreamFetch::on_bytes(std::string_view bytes) {
  if (state_ == State::kReadingError) {
    error_body_.append(bytes.substr(0, kErrorBodyBytesMax - std::min(error_body_.size(), kErrorBodyBytesMax)));
  }
  if (state_ != State::kReading || body_ended_) return UpstreamStep::kNothing;
  if (answer_noted_ || is_whole_) last_sign_ms_ = context_->now_ms;
  return UpstreamStep::kBytes;
}

UpstreamStep UpstreamFetch::on_end() {
  open_ = false;
  if (state_ == State::kReadingError) return refused();
  if (state_ != State::kReading || std::exchange(body_ended_, true)) return UpstreamStep::kNothing;
  return stopped_by_ms_ != 0 ? UpstreamStep::kBroken : UpstreamStep::kEnded;
}

UpstreamStep UpstreamFetch::on_failed() {
  open_ = false;
  if (stopped_by_ms_ != 0) return cut(Error(*error_));
  const std::string name(name_);
  if (state_ == State::kWaitingForHead) {
    return cut({.kind = ErrorKind::kUpstreamUnreachable,
                .message = name + ": the provider " + std::string(provider_) + " could not be reached"});
  }
  return cut(
      {.kind = ErrorKind::kUpstreamCut, .message = name + ": the connection broke before the answer was complete"});
}

UpstreamStep UpstreamFetch::cut(const Error& reason) {
  abort();
  switch (state_) {
    case State::kWaitingForHead: over(); return end_with(UpstreamStep::kFailed, reason);
    case State::kReadingError: return refused();  // Uses the part of the error's body that came.
    case State::kReading:
      if (std::exchange(body_ended_, true)) break;
      return end_with(UpstreamStep::kBroken, reason);
    case State::kNotSent:
    case State::kOver: break;
  }
  return UpstreamStep::kNothing;
}

UpstreamStep UpstreamFetch::refused() {
  over();
  return UpstreamStep::kRefused;
}

UpstreamStep UpstreamFetch::end_with(UpstreamStep step, Error reason) {
  error_ = std::move(reason);
  return step;
}

// --- time ---

double UpstreamFetch::deadline_ms() const {
  switch (state_) {
    case State::kWaitingForHead: return after(sent_ms_, deadlines_.head);
    case State::kReadingError: return after(reply_began_ms_, deadlines_.idle);
    case State::kReading:
      if (paused_ || body_ended_) break;
      if (stopped_by_ms_ != 0) return stopped_by_ms_;
      if (end_wanted_by_ms_ != 0) return end_wanted_by_ms_;
      if (last_sign_ms_ == 0) return after(reply_began_ms_, deadlines_.first);
      return after(last_sign_ms_, deadlines_.idle);
    case State::kNotSent:
    case State::kOver: break;
  }
  return std::numeric_limits<double>::infinity();
}

UpstreamStep UpstreamFetch::on_time(bool client_is_ahead) {
  if (context_->now_ms < deadline_ms()) return UpstreamStep::kNothing;
  if (state_ == State::kWaitingForHead) return cut(late("no reply", deadlines_.head));
  if (state_ == State::kReadingError) return cut({});
  if (end_wanted_by_ms_ != 0) {
    return end_late(
        {.kind = ErrorKind::kUpstreamCut, .message = std::string(name_) + ": the stream did not end with its answer"},
        client_is_ahead);
  }
  // The shim collects a short whole reply, so nothing of it may have come here when it stalls.
  if (last_sign_ms_ == 0) return cut(late(is_whole_ ? "no complete reply" : "no first event", deadlines_.first));
  const char* what = is_whole_ ? "no further part of the reply" : "no further event";
  return end_late(late(what, deadlines_.idle), client_is_ahead);
}

Error UpstreamFetch::late(const char* what, const Deadline& deadline) const {
  return timed_out(std::string(name_), what, deadline.ms, deadline.setting);
}

// Ends a reply whose time is over. If it is relayed, the client may have more of it than was read here, even half an
// event, and nothing can be written after half an event. So the shim must stop relaying and first deliver the copies of
// what it relayed. If it does not, the end of what was relayed is unknown.
UpstreamStep UpstreamFetch::end_late(const Error& reason, bool client_is_ahead) {
  if (stopped_by_ms_ != 0) {
    cancel();
    return UpstreamStep::kLost;
  }
  if (!client_is_ahead || !open_) return cut(reason);
  error_ = reason;
  stopped_by_ms_ = context_->now_ms + kRelayStopMs;
  context_->commands.add(CommandKind::kAbortFetch, id_, 1);
  return UpstreamStep::kNothing;
}

// --- what the user decides ---

void UpstreamFetch::read_stream() { context_->commands.add(CommandKind::kReadStream, id_); }

void UpstreamFetch::read_whole(size_t bytes_max) {
  is_whole_ = true;
  context_->commands.add(CommandKind::kReadWhole, id_, static_cast<uint32_t>(bytes_max));
}

void UpstreamFetch::note_answer() {
  answer_noted_ = true;
  last_sign_ms_ = context_->now_ms;
}

void UpstreamFetch::expect_end(uint32_t within_ms) {
  const double by_ms = context_->now_ms + within_ms;
  if (end_wanted_by_ms_ == 0 || by_ms < end_wanted_by_ms_) end_wanted_by_ms_ = by_ms;
}

bool UpstreamFetch::pause() {
  if (!open_ || state_ != State::kReading) return false;
  if (!std::exchange(paused_, true)) context_->commands.add(CommandKind::kPause, id_);
  return true;
}

void UpstreamFetch::resume() {
  if (!std::exchange(paused_, false)) return;
  last_sign_ms_ = context_->now_ms;
  if (end_wanted_by_ms_ != 0) end_wanted_by_ms_ = context_->now_ms + kEndAfterFinishMs;
  if (state_ == State::kReading) context_->commands.add(CommandKind::kResume, id_);
}

void UpstreamFetch::finish() {
  if (under_way()) over();
}

bool UpstreamFetch::cancel() {
  const bool was_sent = abort();
  finish();
  return was_sent;
}

void UpstreamFetch::over() {
  state_ = State::kOver;
  context_->account.upstream_wait.end(context_->now_ms);
}

// Returns false if there was nothing to abort, because the shim has not taken the fetch command yet.
bool UpstreamFetch::abort() {
  if (!std::exchange(open_, false)) return true;
  if (context_->commands.withdraw_fetch(id_)) return false;
  context_->commands.add(CommandKind::kAbortFetch, id_);
  return true;
}

}  // namespace onellm::gateway
