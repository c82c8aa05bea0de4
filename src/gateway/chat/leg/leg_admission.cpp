// The part of a leg that has a further call admitted: one after a call that may have been billed.
#include <utility>

#include "gateway/chat/ask.h"
#include "gateway/chat/leg/leg.h"
#include "gateway/keys/plan/allowed_models.h"

namespace onellm::gateway {

LegStep Leg::admit_further() {
  state_ = State::kAdmitting;
  if (!admission_) admission_.emplace(context_);
  admission_->ask(further_ask(further_));
  return LegStep::kNothing;
}

LegStep Leg::on_object(uint32_t id, bool replied, std::string_view reply, chat::EventSink& sink) {
  if (state_ != State::kAdmitting) return LegStep::kNothing;
  return follow(admission_->on_object(id, replied, reply), sink);
}

LegStep Leg::follow(AdmissionStep step, chat::EventSink& sink) {
  switch (step) {
    case AdmissionStep::kNothing: return LegStep::kNothing;
    case AdmissionStep::kAdmitted:
      state_ = State::kAsking;
      return std::exchange(holds_turn_, false) ? go_on(sink) : ask(sink);
    case AdmissionStep::kRefused: return refuse_further(admission_->refusal(), admission_->retry_headers(), sink);
    case AdmissionStep::kChanged: break;
  }
  // The key was changed meanwhile.
  if (!may_use(context_.caller, *context_.settings, report_.name, attempt().target)) {
    return refuse_further(model_not_allowed(report_.name), {}, sink);
  }
  return admit_further();
}

// The leg ends with what it has. If it has nothing, it ends with the refusal.
LegStep Leg::refuse_further(const Error& refusal, dialects::HeaderList retry_headers, chat::EventSink& sink) {
  if (holds_turn_) return end_turn(sink);
  state_ = State::kOver;
  report_.ended_ms = context_.now_ms;
  report_.error = refusal;
  report_.error_body.clear();
  report_.passed_headers = std::move(retry_headers);
  sink.take({.kind = chat::EventKind::kFailed, .error = &*report_.error});
  return LegStep::kNothing;
}

// The paused turn ends here, as one that its provider could not continue.
LegStep Leg::end_turn(chat::EventSink& sink) {
  state_ = State::kAsking;
  holds_turn_ = false;
  continued_.pop_back();
  note_content();
  const std::string native_finish = std::move(native_finish_);
  const chat::Event finished{.kind = chat::EventKind::kFinished, .finish = finish_, .native_finish = {native_finish}};
  report_.note(finished);
  sink.take(finished);
  end(Outcome::kOk);
  sink.take({.kind = chat::EventKind::kCompleted});
  return LegStep::kNothing;
}

}  // namespace onellm::gateway
