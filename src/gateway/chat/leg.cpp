#include "gateway/chat/leg.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "base/limits.h"
#include "gateway/chat/held_replies.h"
#include "gateway/http/reply.h"
#include "gateway/upstream/errors.h"
#include "providers/echo/echo.h"

namespace onellm::gateway {

Leg::Leg(size_t index, std::string name, std::vector<Attempt> attempts, const chat::Request& request, bool native,
         Context& context, LegListener& listener)
    : index_(index),
      attempts_(std::move(attempts), context.settings->retries),
      request_(request),
      native_(native),
      context_(context),
      listener_(listener),
      amended_room_(*context.encoded_room) {
  report_.name = std::move(name);
  report_.keeps_text = context.settings->log_bodies;
  report_.provider = provider().name;
  report_.model = report_.served_model = attempts_.current().target.model;
}

void Leg::start() {
  report_.started_ms = context_.now_ms;
  attempts_.arrange(*context_.cooldowns, context_.now_ms);
  ask();
}

bool Leg::request_sent() const {
  const bool is_last_call = (content_seen_ || !attempts_.more_possible()) && !may_go_on();
  return over() || (is_last_call && call_ != nullptr && call_->reading());
}

// --- the calls, one after another ---

void Leg::ask() {
  state_ = State::kAsking;
  call(attempts_.current());
}

void Leg::call(const Attempt& attempt) {
  report_.begin_call(provider(), attempt.target.model, context_.now_ms);
  report_.dropped = attempt.encoded.dropped;
  if (provider().kind->dialect == nullptr) return answer_locally();
  CallListener& listener = *this;
  const bool only_hope = context_.account.legs == 1 && attempts_.single();
  call_ = std::make_unique<UpstreamCall>(attempt, request_.stream, native_, only_hope, context_, report_, listener);
}

void Leg::answer_locally() {
  struct Forward final : chat::EventSink {
    explicit Forward(Leg& to) : leg(to) {}
    void take(const chat::Event& event) override { leg.on_call_event(event); }
    Leg& leg;
  } forward(*this);
  // A streamed answer is counted too: it may have to wait for other legs.
  const size_t bytes = std::min(static_cast<size_t>(context_.account.body_bytes), kEchoAnswerBytesMax);
  if (const std::optional<Error> no_room = hold_reply(context_, report_.name, bytes)) return on_call_failed(*no_room);
  providers::answer_by_echo(request_, context_.random.id("chatcmpl-"), context_.now_s(), forward);
}

bool Leg::repeat_without(const Error& error) {
  if (context_.now_ms >= answer_wanted_by_ms()) return false;
  if (!amend(attempts_.current(), request_, error, amended_room_)) return false;
  ask();
  return true;
}

void Leg::remember_lessons() {
  for (routing::Lesson& lesson : std::exchange(attempts_.current().amendment.lessons, {})) {
    context_.learned->remember(std::move(lesson), context_.now_ms);
  }
}

// --- a turn that the provider paused ---

bool Leg::may_go_on() const {
  return attempts_.current().encoded.reply.may_pause && continued_.size() < kContinuedCallsMax;
}

// Prepares the call that continues the paused turn. Returns false if the turn ends here.
bool Leg::plan_to_go_on(const chat::UnfinishedTurn& turn) {
  if (!may_go_on()) return false;
  const Attempt& last = continued_.empty() ? attempts_.current() : *continued_.back();
  std::optional<dialects::EncodedRequest> next = last.api.dialect->continue_request(last.encoded, turn);
  if (!next) return false;
  continued_.push_back(
      std::make_unique<Attempt>(Attempt{.target = last.target, .api = last.api, .encoded = *std::move(next)}));
  return goes_on_ = true;
}

void Leg::go_on() {
  goes_on_ = false;
  content_seen_ = true;  // What came so far is part of the answer, even if it only reports a search.
  if (report_.usage) usage_before_.add(*report_.usage);
  end_call(Outcome::kOk);
  retired_call_ = std::move(call_);
  call(*continued_.back());
}

void Leg::on_call_failed(const Error& error) {
  if (state_ != State::kAsking) return;
  if (!continued_.empty()) return on_call_event({.kind = chat::EventKind::kFailed, .error = &error});
  if (call_ != nullptr) retired_call_ = std::move(call_);
  const double now_ms = context_.now_ms;
  pass_retry_after(error, report_.passed_headers);
  report_.error = redacted(error, provider());
  end_call(Outcome::kError);
  if (repeat_without(error)) return;
  const routing::RetryAdvice advice = routing::read_advice(report_.passed_headers, error, now_ms);
  const routing::Outlook outlook = routing::outlook_of(error, advice, *provider().kind);
  // A lack of memory in the gateway is not the provider's fault.
  const double cooldown_ms = error.kind == ErrorKind::kBusy ? 0 : routing::cooldown_ms(error, advice);
  if (cooldown_ms > 0 && attempts_.has_other_place()) {
    context_.cooldowns->rest(provider(), attempts_.current().target.model, now_ms + cooldown_ms, now_ms);
  }

  Failure failure{.error = *report_.error,
                  .upstream_status = report_.upstream_status,
                  .passed_headers = report_.passed_headers,
                  .outlook = outlook,
                  .advice = advice,
                  .at_ms = now_ms};
  const double time_left_ms = answer_wanted_by_ms() - now_ms;
  const std::optional<double> wait_ms = attempts_.move_on(std::move(failure), time_left_ms, context_.random.next());
  if (!wait_ms) {
    state_ = State::kOver;
    report_.ended_ms = now_ms;
    report_.show_failure(attempts_.current(), attempts_.failure());
    return listener_.on_leg_event(index_, {.kind = chat::EventKind::kFailed, .error = &*report_.error});
  }
  if (*wait_ms == 0) return ask();
  state_ = State::kWaiting;
  ask_at_ms_ = now_ms + *wait_ms;
}

// --- events of the upstream ---

void Leg::on_fetch_head(const Head& head) {
  retired_call_.reset();
  if (call_ != nullptr) call_->on_head(head);
}

void Leg::on_fetch_bytes(std::string_view bytes) {
  retired_call_.reset();
  if (call_ != nullptr) call_->on_bytes(bytes);
}

void Leg::on_fetch_end() {
  retired_call_.reset();
  if (call_ != nullptr) call_->on_end();
}

void Leg::on_fetch_failed() {
  retired_call_.reset();
  if (call_ != nullptr) call_->on_failed();
}

// --- time ---

double Leg::answer_wanted_by_ms() const { return context_.started_ms + context_.settings->total_timeout_ms; }

double Leg::deadline_ms() const {
  constexpr double kNever = std::numeric_limits<double>::infinity();
  switch (state_) {
    case State::kAsking: return std::min(call_->deadline_ms(), content_seen_ ? kNever : answer_wanted_by_ms());
    case State::kWaiting: return ask_at_ms_;
    case State::kNotStarted:
    case State::kOver: break;
  }
  return kNever;
}

void Leg::on_time() {
  retired_call_.reset();
  if (context_.now_ms < deadline_ms()) return;
  if (state_ == State::kWaiting) return ask();
  if (!content_seen_ && context_.now_ms >= answer_wanted_by_ms()) {
    return call_->cut(
        timed_out(report_.name, "no answer", context_.settings->total_timeout_ms, "ONELLM_TOTAL_TIMEOUT_MS"));
  }
  call_->on_time();
}

// --- events of the calls ---

void Leg::on_call_event(const chat::Event& event) {
  if (state_ != State::kAsking) return;
  const bool failed = event.kind == chat::EventKind::kFailed;
  if (failed && !content_seen_) return on_call_failed(*event.error);

  if (event.unfinished != nullptr && plan_to_go_on(*event.unfinished)) return;
  if (goes_on_ && event.kind == chat::EventKind::kCompleted) return go_on();

  note(event);
  if (failed || event.kind == chat::EventKind::kCompleted) end(failed ? Outcome::kError : Outcome::kOk);
  if (event.kind == chat::EventKind::kStarted && !continued_.empty()) return;  // The answer began with the first call.
  const bool is_changed = failed || event.unfinished != nullptr || event.kind == chat::EventKind::kStarted;
  if (!is_changed) return listener_.on_leg_event(index_, event);  // The usual case: copying an event is expensive.
  chat::Event shown = event;
  shown.unfinished = nullptr;  // Valid only during this call, and not needed by the listener.
  if (failed) shown.error = &*report_.error;
  std::string model;  // Some hosts never send the model's name.
  if (event.kind == chat::EventKind::kStarted && event.name.empty()) {
    model = json::escape(attempts_.current().target.model);
    shown.name = {model};
  }
  listener_.on_leg_event(index_, shown);
}

void Leg::note(const chat::Event& event) {
  if (event.kind != chat::EventKind::kStarted && event.kind != chat::EventKind::kUsage && !content_seen_) {
    content_seen_ = true;
    report_.first_token_ms = context_.now_ms;
    if (event.kind != chat::EventKind::kFailed) remember_lessons();
  }
  report_.note(event);
  if (event.kind != chat::EventKind::kFailed) return;
  report_.error = redacted(*event.error, provider());
  pass_retry_after(*event.error, report_.passed_headers);
}

void Leg::on_call_whole(NativeBody body) {
  report_.first_token_ms = context_.now_ms;
  end(Outcome::kOk);
  listener_.on_native_whole(fetch_id(), std::move(body));
}

void Leg::on_call_stream(std::string_view peeked) {
  content_seen_ = true;
  remember_lessons();
  report_.first_token_ms = context_.now_ms;
  listener_.on_native_stream(fetch_id(), peeked);
}

void Leg::on_call_relay_ended(RelayEnding ending, const Error& error) {
  const bool is_cut = ending == RelayEnding::kCutAtBoundary || ending == RelayEnding::kCutInEvent;
  if (is_cut) report_.error = error;
  end(report_.error ? Outcome::kError : Outcome::kOk);
  listener_.on_relay_ended(ending, error);
}

void Leg::end(Outcome outcome) {
  if (paused_at_ms_ != 0) report_.paused_ms += context_.now_ms - std::exchange(paused_at_ms_, 0);
  if (outcome == Outcome::kOk) remember_lessons();
  if (state_ == State::kAsking) end_call(outcome);
  if (!continued_.empty() && report_.usage) report_.usage->add(usage_before_);
  state_ = State::kOver;
  report_.ended_ms = context_.now_ms;
}

void Leg::cancel(Outcome why) {
  if (over()) return;
  report_.cancelled = true;
  if (call_ != nullptr && !call_->cancel()) {  // The command was not taken yet, so no call was made.
    --report_.attempts;
    state_ = State::kWaiting;
  }
  end(why);
}

void Leg::give_up(const Error& error) {
  if (state_ == State::kAsking && call_ != nullptr) call_->give_up(error);
}

void Leg::fail(const Error& error) {
  if (state_ == State::kAsking && call_ != nullptr) call_->break_off(error);
}

void Leg::pause() {
  if (call_ != nullptr && call_->pause() && paused_at_ms_ == 0) paused_at_ms_ = context_.now_ms;
}

void Leg::resume() {
  if (call_ != nullptr) call_->resume();
  if (paused_at_ms_ != 0) report_.paused_ms += context_.now_ms - std::exchange(paused_at_ms_, 0);
}

}  // namespace onellm::gateway
