// The part of a chat exchange before its legs: the admission by the limiter of the caller's key.
#include "gateway/accounting/call_end.h"
#include "gateway/chat/ask.h"
#include "gateway/chat/exchange.h"
#include "gateway/http/refusals.h"
#include "gateway/http/reply.h"

namespace onellm::gateway {

void ChatExchange::start() {
  last_sent_ms_ = context_.now_ms;
  planned_bytes_ = context_.memory_use->held_bytes();
  if (!context_.caller.has_limits()) return begin_legs();
  admission_.emplace(context_);
  admit();
}

void ChatExchange::admit() {
  Result<keys::Ask> ask = make_ask(context_, *plan_);
  if (ask) return admission_->ask(*std::move(ask));
  const Error refusal = ask.error();
  const bool may_be_outdated = refusal.kind == ErrorKind::kModelNotPriced;
  if (!may_be_outdated || !admission_->reads_record()) refuse(refusal, {});
}

// The plan was made with the record that has changed: what it allowed may be refused now, and it may ask for other
// things. What the constructor read of it depends on no record.
void ChatExchange::plan_anew() {
  const json::Buffer& body = *plan_->body;
  plan_ = std::make_unique<ChatPlan>(*context_.encoded_room);  // Frees the memory of the old one.
  Result<std::unique_ptr<ChatPlan>> plan = plan_chat(context_, body);
  if (!plan) return refuse(plan.error(), {});
  plan_ = std::move(*plan);
  if (!context_.caller.has_limits()) return begin_legs();
  admit();
}

void ChatExchange::follow(AdmissionStep step) {
  switch (step) {
    case AdmissionStep::kNothing: return;
    case AdmissionStep::kRefused: return refuse(admission_->refusal(), admission_->retry_headers());
    case AdmissionStep::kAdmitted: {
      const std::optional<Error> failure = take_reservation(context_, *plan_, admission_->chosen());
      return failure ? refuse(*failure, {}) : begin_legs();
    }
    case AdmissionStep::kChanged: return plan_anew();
  }
}

void ChatExchange::on_object(uint32_t id, bool replied, std::string_view reply) {
  if (admission_) follow(admission_->on_object(id, replied, reply));
  for (size_t index = 0; index < legs_.size() && !over(); ++index) {
    LegEvents events(*this, index);
    follow(index, legs_[index]->on_object(id, replied, reply, events));
  }
  flush();
}

void ChatExchange::begin_legs() {
  state_ = State::kWaiting;
  for (PlannedLeg& leg : plan_->legs) {
    const std::string seed = meta_.fallback_id + std::to_string(legs_.size());
    for (Attempt& attempt : leg.attempts) attempt.encoded.reply.seed = seed;
    legs_.push_back(std::make_unique<Leg>(legs_.size(), std::move(leg.name), std::move(leg.attempts), plan_->request,
                                          plan_->native, context_));
  }
  planned_bytes_ = context_.memory_use->held_bytes();
  for (size_t index = 0; index < legs_.size(); ++index) {
    if (over() || legs_[index]->over()) continue;
    LegEvents events(*this, index);
    follow(index, legs_[index]->start(events));
  }
  flush();
}

void ChatExchange::refuse(const Error& error, const dialects::HeaderList& headers) {
  end();
  if (error.kind == ErrorKind::kBusy) return refuse_busy(context_);
  HeadWriter head = error_head(context_, error);
  for (const auto& [name, value] : headers) head.add(name, value);
  send_error(context_, std::move(head), error);
}

}  // namespace onellm::gateway
