#include "gateway/chat/leg/leg.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "base/limits.h"
#include "gateway/chat/ask.h"
#include "gateway/chat/reports/usage_estimate.h"
#include "gateway/chat/request/field_names.h"
#include "gateway/upstream/errors.h"
#include "gateway/upstream/head.h"
#include "keys/amounts.h"

namespace onellm::gateway {

namespace {

UpstreamPlan plan_of(const std::string& name, const std::vector<Attempt>& attempts, bool stream,
                     const Context& context) {
  UpstreamPlan plan{.name = name,
                    .targets = {},
                    .deadlines = deadlines_of(*context.settings, stream),
                    .retries = context.settings->retries,
                    .began_ms = context.started_ms};
  plan.targets.reserve(attempts.size());
  for (const Attempt& attempt : attempts) plan.targets.push_back(&attempt.target);
  return plan;
}

LegReport report_of(std::string name) {
  LegReport report;
  report.name = std::move(name);
  return report;
}

}  // namespace

Leg::Leg(size_t index, std::string name, std::vector<Attempt> attempts, const chat::Request& request, bool native,
         Context& context)
    : index_(index),
      attempts_(std::move(attempts)),
      request_(request),
      native_(native),
      context_(context),
      report_(report_of(std::move(name))),
      call_(plan_of(report_.name, attempts_, request.stream, context), context),
      amended_room_(*context.encoded_room) {
  report_.keeps_text = context.settings->log_bodies;
  report_.provider = provider().name;
  report_.model = report_.served_model = attempt().target.model;
}

// --- the requests, one after another ---

LegStep Leg::start(chat::EventSink& sink) {
  report_.started_ms = context_.now_ms;
  call_.start();
  return ask(sink);
}

bool Leg::request_sent() const { return over() || (!call_.more_possible() && !may_go_on() && call_.reading()); }

LegStep Leg::ask(chat::EventSink& sink) {
  state_ = State::kAsking;
  return send(attempt(), sink);
}

LegStep Leg::send(const Attempt& attempt, chat::EventSink& sink) {
  reader_.reset();
  reply_ended_ = false;
  report_.reserve = attempt.reserve;
  report_.begin_call(provider(), attempt.target.model, context_.now_ms);
  report_.dropped = in_clients_words(attempt.encoded.dropped, *context_.client, request_);
  origin_ = {.provider = provider().name,
             .model = attempt.target.model,
             .dialect = attempt.api.dialect == nullptr ? chat::DialectId::kNone : attempt.api.dialect->id()};
  if (provider().kind->dialect == nullptr) return answer_locally(sink);
  const providers::Endpoint endpoint = attempt.api.endpoint(provider(), {.model = attempt.target.model,
                                                                         .stream = request_.stream,
                                                                         .body = attempt.encoded.body,
                                                                         .now_ms = context_.now_ms});
  const RequestOrigin origin{.has_idempotency_key = attempt.has_idempotency_key, .is_own_dialect = is_own_dialect()};
  call_.send({.head = upstream_head(provider(), endpoint, attempt.encoded.headers, origin, context_),
              .body = &attempt.encoded.body,
              .provider = provider().name,
              .is_only_hope = context_.account.legs == 1 && call_.single() && !request_.stream});
  return LegStep::kNothing;
}

// Asks the target of the next request, after the last one failed. Nothing of its reply was passed on.
LegStep Leg::ask_next(const Error& error, chat::EventSink& sink) {
  if (state_ != State::kAsking) return LegStep::kNothing;
  if (!continued_.empty()) {
    take_failure({.kind = chat::EventKind::kFailed, .error = &error}, sink);
    return LegStep::kNothing;
  }
  Failure failure =
      failure_of(error, provider(), report_.upstream_status, std::move(report_.passed_headers), context_.now_ms);
  failure.body = std::exchange(report_.error_body, {});
  failure.request_id = report_.request_id;
  report_.error = failure.error;
  report_.passed_headers = failure.passed_headers;
  end_call(Outcome::kError);
  may_be_billed_ |= !is_free(error);
  if (leave_out_what(error)) return ask_again(sink);
  reader_.reset();  // `error` may be part of it.
  const UpstreamStep step = call_.move_on(std::move(failure));
  if (step == UpstreamStep::kDue) return ask_again(sink);
  if (step == UpstreamStep::kNothing) {
    state_ = State::kWaiting;
    return LegStep::kNothing;
  }
  state_ = State::kOver;
  report_.ended_ms = context_.now_ms;
  report_.show_failure(attempt(), call_.failure());
  report_.dropped = in_clients_words(attempt().encoded.dropped, *context_.client, request_);
  sink.take({.kind = chat::EventKind::kFailed, .error = &*report_.error});
  return LegStep::kNothing;
}

// Sends the next request. What the first one has reserved is used up if that may have been billed.
LegStep Leg::ask_again(chat::EventSink& sink) {
  if (!std::exchange(may_be_billed_, false) || !is_further_asked(context_.caller)) return ask(sink);
  further_ = attempt().reserve;
  return admit_further();
}

// Prepares another request to the same target, without the part that it refused. Returns false if that is not possible.
bool Leg::leave_out_what(const Error& refused) {
  return call_.in_time() && amend(attempt(), request_, refused, amended_room_);
}

// The target accepted the request: remembers what had to be left out for it.
void Leg::remember_lessons() {
  for (Lesson& lesson : std::exchange(attempt().amendment.lessons, {})) {
    context_.learned->remember(std::move(lesson), context_.now_ms);
  }
}

// --- a turn that the provider paused ---

bool Leg::may_go_on() const { return attempt().encoded.reply.may_pause && continued_.size() < kContinuedCallsMax; }

// Prepares the request that continues the paused turn. Returns false if the turn ends here.
bool Leg::plan_to_go_on(const chat::UnfinishedTurn& turn) {
  if (!may_go_on()) return false;
  const Attempt& last = continued_.empty() ? attempt() : *continued_.back();
  std::optional<dialects::EncodedRequest> next = last.api.dialect->continue_request(last.encoded, turn);
  if (!next) return false;
  Reserve reserve = last.reserve;
  const size_t added = next->body.bytes() - std::min(next->body.bytes(), last.encoded.body.bytes());
  const int64_t more_tokens = keys::with_margin(tokens_of_bytes(static_cast<int64_t>(added)));
  reserve.tokens = keys::plus(reserve.tokens, more_tokens);
  reserve.money = keys::plus(reserve.money, keys::times(more_tokens, last.cost.per_prompt_token));
  continued_.push_back(std::make_unique<Attempt>(Attempt{
      .target = last.target, .api = last.api, .encoded = *std::move(next), .cost = last.cost, .reserve = reserve}));
  return goes_on_ = true;
}

LegStep Leg::go_on(chat::EventSink& sink) {
  if (std::exchange(goes_on_, false) && is_further_asked(context_.caller)) {
    further_ = continued_.back()->reserve;
    holds_turn_ = true;
    return admit_further();
  }
  call_.note_answer();  // What came so far is part of the answer, even if it only reports a search.
  if (report_.usage) usage_before_.add(*report_.usage);
  end_call(Outcome::kOk);
  return send(*continued_.back(), sink);
}

// --- time and orders from outside ---

double Leg::deadline_ms() const {
  if (over()) return std::numeric_limits<double>::infinity();
  return state_ == State::kAdmitting ? admission_->wakeup_ms() : call_.deadline_ms();
}

LegStep Leg::on_time(chat::EventSink& sink) {
  if (over() || context_.now_ms < deadline_ms()) return LegStep::kNothing;
  if (state_ == State::kAdmitting) return follow(admission_->on_time(), sink);
  return follow(call_.on_time(reader_ != nullptr && reader_->lags()), sink);
}

void Leg::end(Outcome outcome) {
  if (paused_at_ms_ != 0) report_.paused_ms += context_.now_ms - std::exchange(paused_at_ms_, 0);
  if (outcome == Outcome::kOk) remember_lessons();
  if (state_ == State::kAsking || holds_turn_) end_call(outcome);
  if (!continued_.empty() && report_.usage) report_.usage->add(usage_before_);
  state_ = State::kOver;
  report_.ended_ms = context_.now_ms;
}

void Leg::cancel(Outcome why) {
  if (over()) return;
  report_.cancelled = true;
  const bool was_reading = call_.reading();
  if (!call_.cancel()) {  // The command was not taken yet, so no call was made.
    --report_.attempts;
    state_ = State::kWaiting;
  } else if (was_reading) {
    reader_->cancel();
  }
  end(why);
}

LegStep Leg::give_up(const Error& error, chat::EventSink& sink) {
  if (call_.reading() && reader_->go_on_with_less()) return LegStep::kNothing;
  return follow(call_.cut(error), sink);
}

LegStep Leg::fail(const Error& error, chat::EventSink& sink) {
  if (!call_.reading()) return follow(call_.cut(error), sink);
  reader_->cancel();
  take({.kind = chat::EventKind::kFailed, .error = &error}, sink);
  return follow(ReadResult{}, sink);
}

void Leg::pause() {
  if (call_.pause() && paused_at_ms_ == 0) paused_at_ms_ = context_.now_ms;
}

void Leg::resume() {
  call_.resume();
  if (paused_at_ms_ != 0) report_.paused_ms += context_.now_ms - std::exchange(paused_at_ms_, 0);
}

}  // namespace onellm::gateway
