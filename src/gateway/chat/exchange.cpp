#include "gateway/chat/exchange.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "base/limits.h"
#include "chat/token_estimate.h"

namespace onellm::gateway {

namespace {

constexpr size_t kSentBytesMin = 128 * 1024;  // A stream's buffer is sent at this size, even within an event.

}  // namespace

ChatExchange::ChatExchange(Context& context, std::unique_ptr<ChatPlan> plan)
    : context_(context), plan_(std::move(plan)) {
  const bool several = plan_->legs.size() > 1;
  meta_.fallback_id = context_.random.id(client().id_prefix());
  meta_.request_id = context_.request_id;
  meta_.id = several ? meta_.fallback_id : "";
  meta_.created_s = context_.now_s();
  meta_.one_envelope = several;
  meta_.include_usage = plan_->request.include_usage;
  meta_.hides_thoughts = plan_->request.hides_thoughts;
  if (several && plan_->merge == MergeMode::kConcat) meta_.joined_model = plan_->request.model;
  meta_.function_call = plan_->request.tools.empty() && !plan_->request.functions.empty();
  if (plan_->request.stream && !plan_->native && client().begins_with_input_tokens()) {
    prompt_estimate_ = chat::estimate_tokens(plan_->request);
    const size_t prompts = plan_->merge == MergeMode::kConcat ? plan_->legs.size() : 1;
    meta_.estimated_input_tokens = static_cast<int64_t>(prompts) * prompt_estimate_;
  }
  if (plan_->request.stream) encoder_ = client().make_stream_encoder(meta_);
  answer_ = chat::Answer(client().id());
  if (several) {
    joined_content_counts_ = plan_->merge == MergeMode::kRace;
    merger_ = make_merger(plan_->merge, plan_->legs.size(), plan_->request.stream, *this, *this);
    gates_.resize(plan_->legs.size());
  }
}

// --- events of the upstream ---

size_t ChatExchange::leg_of(uint32_t fetch_id) const {
  size_t index = 0;
  while (index < legs_.size() && (legs_[index]->fetch_id() != fetch_id || legs_[index]->over())) ++index;
  return index;
}

void ChatExchange::on_fetch_head(uint32_t id, const Head& head) {
  const size_t index = leg_of(id);
  LegEvents events(*this, index);
  if (index < legs_.size()) follow(index, legs_[index]->on_fetch_head(head, events));
  flush();
}

void ChatExchange::on_fetch_bytes(uint32_t id, std::string_view bytes) {
  const size_t index = leg_of(id);
  if (index < legs_.size()) {
    // About as many bytes go out as come in, unless the content has to wait.
    if (state_ == State::kStreaming && merger_ == nullptr) out_.reserve(bytes.size());
    const std::optional<Error> no_memory = no_memory_for(index, bytes.size());
    if (no_memory) give_up(index, *no_memory);
    LegEvents events(*this, index);
    if (!no_memory || leg_of(id) == index) {  // Not if that call is over.
      follow(index, legs_[index]->on_fetch_bytes(bytes, events));
    }
    bound_waiting(index);
  }
  flush();
}

void ChatExchange::on_fetch_end(uint32_t id) {
  const size_t index = leg_of(id);
  LegEvents events(*this, index);
  if (index < legs_.size()) follow(index, legs_[index]->on_fetch_end(events));
  flush();
}

void ChatExchange::on_fetch_failed(uint32_t id) {
  const size_t index = leg_of(id);
  LegEvents events(*this, index);
  if (index < legs_.size()) follow(index, legs_[index]->on_fetch_failed(events));
  flush();
}

void ChatExchange::follow(size_t index, LegStep step) {
  Leg& leg = *legs_[index];
  switch (step) {
    case LegStep::kNothing: return;
    case LegStep::kWhole: return on_native_whole(leg.fetch_id(), std::move(leg.native_body()));
    case LegStep::kStream: return on_native_stream(leg.fetch_id(), std::exchange(leg.native_body().text, {}));
    case LegStep::kStreamEnded:
      on_native_stream(leg.fetch_id(), std::exchange(leg.native_body().text, {}));
      [[fallthrough]];
    case LegStep::kRelayEnded: return on_relay_ended(leg.relay_ending());
  }
}

// --- time ---

void ChatExchange::on_time() {
  if (admission_) follow(admission_->on_time());
  for (size_t index = 0; index < legs_.size() && !over(); ++index) {
    LegEvents events(*this, index);
    follow(index, legs_[index]->on_time(events));
  }
  flush();
  if (over() || state_ == State::kRelaying || state_ == State::kAdmitting || encoder_ == nullptr) return;
  if (context_.now_ms - last_sent_ms_ < keep_alive_ms()) return;
  if (state_ == State::kWaiting) send_stream_head();
  std::string keep_alive;
  encoder_->keep_alive(keep_alive);
  send_text(std::move(keep_alive));
}

void ChatExchange::on_client_gone() {
  for (const auto& leg : legs_) leg->cancel(Outcome::kClientGone);
  end();
}

double ChatExchange::wakeup_ms() const {
  double earliest = admission_ ? admission_->wakeup_ms() : std::numeric_limits<double>::infinity();
  for (const auto& leg : legs_) earliest = std::min(earliest, leg->deadline_ms());
  const bool keeps_alive = encoder_ != nullptr && (state_ == State::kWaiting || state_ == State::kStreaming);
  return keeps_alive ? std::min(earliest, last_sent_ms_ + keep_alive_ms()) : earliest;
}

uint32_t ChatExchange::keep_alive_ms() const {
  return state_ == State::kStreaming && context_.caller.has_limits() ? kKeyKeepAliveMs : kKeepAliveMs;
}

bool ChatExchange::body_needed() const {
  return state_ == State::kAdmitting ||
         std::any_of(legs_.begin(), legs_.end(), [](const auto& leg) { return !leg->request_sent(); });
}

// --- events of the legs ---

void ChatExchange::on_leg_event(size_t index, const chat::Event& event) {
  if (merger_ == nullptr) return take(event);
  if (event.choice != 0) return;  // Each leg was asked for one answer.
  struct Passed final : chat::EventSink {
    Passed(ChatExchange& to, size_t of) : exchange(to), leg(of) {}
    void take(const chat::Event& passed) override { exchange.merge(leg, passed); }
    ChatExchange& exchange;
    size_t leg;
  } passed(*this, index);
  gates_[index].take(event, passed);
}

void ChatExchange::merge(size_t index, const chat::Event& event) {
  content_seen_ |= !joined_content_counts_ && chat::is_part_of_answer(event.kind);
  merger_->take(index, event);
}

void ChatExchange::take(const chat::Event& event) {
  if (answer_ended_) return;
  switch (event.kind) {
    case chat::EventKind::kStarted:
    case chat::EventKind::kUsage: break;
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
    case chat::EventKind::kFinished: content_seen_ |= joined_content_counts_; break;
    case chat::EventKind::kCompleted:
      answer_ended_ = true;
      hand_on_usage_with_cost();
      break;
    case chat::EventKind::kFailed:
      answer_ended_ = true;
      // After the first content a stream counts as begun, sent or not. Otherwise the result would depend on how the
      // upstream's bytes were cut into reads.
      failed_ = encoder_ == nullptr || (!content_seen_ && state_ == State::kWaiting);
      if (failed_) return;
      break;
  }
  hand_on(event);
}

void ChatExchange::hand_on(const chat::Event& event) {
  if (encoder_ == nullptr) return answer_.take(event);
  encoder_->take(event, out_);
  if (out_.size() >= kSentBytesMin && content_seen_) send_encoded();
}

void ChatExchange::all_legs_failed() {
  answer_ended_ = false;
  const Error error = common_error(reports(), client());
  take({.kind = chat::EventKind::kFailed, .error = &error});
}

LegReports ChatExchange::reports() const {
  LegReports out;
  for (const auto& leg : legs_) out.push_back(&leg->report());
  return out;
}

std::string ChatExchange::legs_member() const { return gateway::legs_member(reports(), client(), context_.now_ms); }

}  // namespace onellm::gateway
