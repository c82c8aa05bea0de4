#include "gateway/leg.h"

#include <algorithm>
#include <charconv>
#include <limits>
#include <utility>

#include "gateway/native_reply.h"
#include "gateway/reply.h"
#include "gateway/translated_reply.h"
#include "gateway/upstream_call.h"
#include "providers/echo/echo.h"

namespace onellm::gateway {

namespace {

int read_status(std::string_view first_line) {
  int status = 0;
  std::from_chars(first_line.data(), first_line.data() + first_line.size(), status);
  return status;
}

}  // namespace

Leg::Leg(size_t index, std::string name, std::vector<Attempt> attempts, const chat::Request& request, bool native,
         Context& context, LegListener& listener)
    : index_(index),
      attempts_(std::move(attempts)),
      request_(request),
      native_(native),
      context_(context),
      listener_(listener) {
  report_.name = std::move(name);
  report_.provider = attempts_.front().target.provider->name;
  report_.model = report_.served_model = attempts_.front().target.model;
}

Leg::~Leg() = default;

void Leg::start() {
  report_.started_ms = context_.now_ms;
  try_next();
}

void Leg::try_next() {
  Attempt& attempt = attempts_[attempt_];
  ++report_.attempts;
  report_.provider = attempt.target.provider->name;
  report_.model = report_.served_model = attempt.target.model;
  report_.dropped = attempt.encoded.dropped;
  report_.upstream_status = 0;
  report_.passed_headers.clear();
  report_.error.reset();
  error_body_.clear();
  fetch_open_ = false;
  last_event_ms_ = end_wanted_by_ms_ = 0;
  if (attempt.target.provider->kind->dialect == nullptr) return answer_locally();
  call_upstream(attempt);
}

void Leg::answer_locally() {
  state_ = State::kReading;
  struct Forward final : chat::EventSink {
    explicit Forward(Leg& to) : leg(to) {}
    void take(const chat::Event& event) override { leg.take(event); }
    Leg& leg;
  } forward(*this);
  providers::answer_by_echo(request_, context_.random.id("chatcmpl-"), context_.now_s(), forward);
}

void Leg::call_upstream(Attempt& attempt) {
  fetch_id_ = context_.new_fetch_id();
  Command fetch{.kind = CommandKind::kFetch,
                .id = fetch_id_,
                .head = upstream_head(attempt.target, attempt.encoded, request_.stream, context_)};
  for (const std::string_view piece : attempt.encoded.body.pieces()) fetch.body.add_view(piece);
  context_.commands.add(std::move(fetch));
  fetch_open_ = true;
  head_wanted_by_ms_ = context_.now_ms + context_.settings->head_timeout_ms(request_.stream);
  state_ = State::kWaitingForHead;
}

void Leg::on_fetch_head(const Head& head) {
  if (state_ != State::kWaitingForHead) return;
  status_ = read_status(head.first_line());
  report_.upstream_status = status_;
  for (const std::string_view name : passed_reply_headers()) {
    const std::string_view value = head.header(name);
    if (!value.empty()) report_.passed_headers.emplace_back(name, value);
  }
  reply_began_ms_ = context_.now_ms;
  if (status_ < 200 || status_ > 299) {
    state_ = State::kReadingError;
    return context_.commands.add(CommandKind::kReadWhole, fetch_id_, static_cast<uint32_t>(kErrorBodyBytesMax));
  }
  begin_reply(head);
}

void Leg::begin_reply(const Head& head) {
  state_ = State::kReading;
  const dialects::Dialect& dialect = *current().target.provider->kind->dialect;
  const dialects::ReplyContext& asked = current().encoded.reply;
  const bool is_event_stream = head.header("content-type").starts_with("text/event-stream");
  if (!request_.stream) {
    reader_ =
        native_ ? make_native_whole_reply(*this, dialect, asked) : make_translated_whole_reply(*this, dialect, asked);
    return context_.commands.add(CommandKind::kReadWhole, fetch_id_, static_cast<uint32_t>(kReplyBytesMax));
  }
  // A stream that does not call itself one may be an error or a whole reply: the decoder finds out.
  reader_ = native_ && is_event_stream ? make_native_stream_reply(*this, dialect, asked)
                                       : make_translated_stream_reply(*this, dialect, asked);
  context_.commands.add(CommandKind::kReadStream, fetch_id_);
}

void Leg::on_fetch_bytes(std::string_view bytes) {
  retired_reader_.reset();
  if (state_ == State::kReadingError) {
    error_body_.append(bytes.substr(0, kErrorBodyBytesMax - std::min(error_body_.size(), kErrorBodyBytesMax)));
  } else if (state_ == State::kReading && reader_ != nullptr) {
    reader_->on_bytes(bytes);
  }
}

void Leg::on_fetch_end() {
  retired_reader_.reset();
  fetch_open_ = false;
  if (state_ == State::kReadingError) {
    const dialects::Dialect& dialect = *current().target.provider->kind->dialect;
    end_attempt(dialect.decode_error(status_, error_body_, current().encoded.reply));
  } else if (state_ == State::kReading && reader_ != nullptr) {
    reader_->on_end();
  }
}

void Leg::on_fetch_failed() {
  retired_reader_.reset();
  fetch_open_ = false;
  if (state_ == State::kReadingError) return on_fetch_end();  // What came of the error's body has to do.
  if (state_ == State::kReading && reader_ != nullptr) {
    return reader_->on_cut({.kind = ErrorKind::kUpstreamCut,
                            .message = report_.name + ": the connection broke before the answer was complete"});
  }
  if (state_ != State::kWaitingForHead) return;
  end_attempt({.kind = ErrorKind::kUpstreamUnreachable,
               .message = report_.name + ": the provider " + report_.provider + " could not be reached"});
}

double Leg::deadline_ms() const {
  const routing::Settings& settings = *context_.settings;
  switch (state_) {
    case State::kWaitingForHead: return head_wanted_by_ms_;
    case State::kReadingError: return reply_began_ms_ + settings.idle_timeout_ms;
    case State::kReading:
      if (paused_) break;
      if (end_wanted_by_ms_ != 0) return end_wanted_by_ms_;
      if (last_event_ms_ == 0) return reply_began_ms_ + settings.first_token_timeout_ms;
      return last_event_ms_ + settings.idle_timeout_ms;
    case State::kNotStarted:
    case State::kOver: break;
  }
  return std::numeric_limits<double>::infinity();
}

void Leg::on_time() {
  retired_reader_.reset();
  if (context_.now_ms < deadline_ms()) return;
  const routing::Settings& settings = *context_.settings;
  if (state_ == State::kWaitingForHead) {
    return end_attempt(timed_out(report_.name, "no reply", settings.head_timeout_ms(request_.stream),
                                 settings.head_timeout_setting(request_.stream)));
  }
  abort_fetch();
  if (state_ == State::kReadingError) return on_fetch_end();
  const Error error =
      last_event_ms_ == 0
          ? timed_out(report_.name, "no first event", settings.first_token_timeout_ms, "ONELLM_FIRST_TOKEN_TIMEOUT_MS")
          : timed_out(report_.name, "no further event", settings.idle_timeout_ms, "ONELLM_IDLE_TIMEOUT_MS");
  reader_->on_cut(error);
}

void Leg::expect_end() {
  if (end_wanted_by_ms_ == 0) end_wanted_by_ms_ = context_.now_ms + kLingerMs;
}

void Leg::take(const chat::Event& event) {
  if (state_ != State::kReading) return;
  last_event_ms_ = context_.now_ms;
  if (event.kind == chat::EventKind::kFailed && !content_seen_) return fail(*event.error);

  if (event.kind != chat::EventKind::kStarted && event.kind != chat::EventKind::kUsage && !content_seen_) {
    content_seen_ = true;
    report_.first_token_ms = context_.now_ms;
  }
  if (event.kind == chat::EventKind::kStarted && !event.name.empty()) report_.served_model = json::unescape(event.name);
  if (event.kind == chat::EventKind::kUsage) report_.usage = *event.usage;
  if (event.kind == chat::EventKind::kFinished) report_.finish = event.finish;
  if (event.kind == chat::EventKind::kFailed) report_.error = redacted(*event.error, *current().target.provider);
  if (event.kind == chat::EventKind::kCompleted || event.kind == chat::EventKind::kFailed) {
    state_ = State::kOver;
    report_.ended_ms = context_.now_ms;
  }
  if (event.kind == chat::EventKind::kFailed) abort_fetch();
  chat::Event shown = event;
  if (event.kind == chat::EventKind::kFailed) shown.error = &*report_.error;
  listener_.on_leg_event(index_, shown);
}

void Leg::fail(const Error& error) { end_attempt(error); }

void Leg::abort_fetch() {
  if (std::exchange(fetch_open_, false)) context_.commands.add(CommandKind::kAbortFetch, fetch_id_);
}

void Leg::end_attempt(const Error& error) {
  abort_fetch();
  fetch_id_ = 0;
  retired_reader_ = std::move(reader_);
  report_.error = redacted(error, *current().target.provider);
  if (may_fall_back(error) && attempt_ + 1 < attempts_.size()) {
    ++attempt_;
    return try_next();
  }
  state_ = State::kOver;
  report_.ended_ms = context_.now_ms;
  listener_.on_leg_event(index_, {.kind = chat::EventKind::kFailed, .error = &*report_.error});
}

void Leg::cancel() {
  if (state_ == State::kOver) return;
  abort_fetch();
  state_ = State::kOver;
  report_.cancelled = true;
  report_.ended_ms = context_.now_ms;
}

void Leg::pause() {
  if (paused_ || !fetch_open_ || state_ != State::kReading) return;  // The echo has said all already.
  paused_ = true;
  context_.commands.add(CommandKind::kPause, fetch_id_);
}

void Leg::resume() {
  if (!paused_) return;
  paused_ = false;
  last_event_ms_ = context_.now_ms;
  if (state_ == State::kReading) context_.commands.add(CommandKind::kResume, fetch_id_);
}

void Leg::native_whole() {
  state_ = State::kOver;
  report_.first_token_ms = report_.ended_ms = context_.now_ms;
  listener_.on_native_whole(fetch_id_);
}

void Leg::native_stream(std::string_view peeked) {
  content_seen_ = true;
  report_.first_token_ms = context_.now_ms;
  listener_.on_native_stream(fetch_id_, peeked);
}

void Leg::native_ended(LegListener::RelayEnding ending, const Error& error) {
  state_ = State::kOver;
  report_.ended_ms = context_.now_ms;
  if (ending == LegListener::RelayEnding::kCutAtBoundary || ending == LegListener::RelayEnding::kCutInEvent) {
    report_.error = error;
  }
  listener_.on_relay_ended(ending, error);
}

}  // namespace onellm::gateway
