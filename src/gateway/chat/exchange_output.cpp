// The part of a chat exchange that writes to the client: heads, streams, whole answers, errors.
#include <algorithm>
#include <utility>

#include "base/limits.h"
#include "gateway/accounting/call_end.h"
#include "gateway/chat/exchange.h"
#include "gateway/chat/reports/usage_estimate.h"
#include "gateway/http/reply.h"

namespace onellm::gateway {

namespace {

constexpr size_t kJoinedBytesMore = 8 * 1024;  // Room in a joined answer for the report of its legs.

size_t reply_bytes(const LegReport& report) { return static_cast<size_t>(std::max<int64_t>(report.reply_bytes, 0)); }

}  // namespace

// Also called while one event brings much content: otherwise the buffer would double its size.
void ChatExchange::send_encoded() {
  if (state_ == State::kWaiting) send_stream_head();
  if (state_ == State::kStreaming) send_text(std::exchange(out_, {}));
}

// The cost of an answer is known when all of its calls are over. If the client gets several usages, the last one
// counts.
void ChatExchange::hand_on_usage_with_cost() {
  if (encoder_ != nullptr && !plan_->request.include_usage) return;
  std::optional<chat::Usage> usage = merger_ == nullptr ? legs_[0]->report().usage : total_usage(*this, legs_.size());
  if (!usage) return;
  if (merger_ != nullptr && prompt_estimate_ > 0) add_unreported(reports(), prompt_estimate_, *usage);
  usage->shown_cost = total_cost(reports(), "null");
  hand_on({.kind = chat::EventKind::kUsage, .usage = &*usage});
}

void ChatExchange::flush() {
  if (over() || state_ == State::kRelaying) return;
  if (failed_) {
    if (sends_native_error()) return send_native_error();
    const Error error = common_error(reports(), client());
    // Only a leg on the native lane notes its provider's id.
    const std::string_view id = merger_ == nullptr ? std::string_view(legs_[0]->report().request_id) : "";
    HeadWriter head = whole_reply_head(client().status_for(error), id);
    add_retry_headers(head, reports(), context_.now_ms);
    send_error(context_, std::move(head), error, id);
    return end();
  }
  if (encoder_ == nullptr) {
    if (answer_ended_) send_answer();
    return;
  }
  if (state_ == State::kWaiting && (content_seen_ || answer_ended_)) send_stream_head();
  if (!out_.empty() && state_ == State::kStreaming) send_encoded();
  if (!answer_ended_) return;
  context_.commands.add(CommandKind::kSendEnd);
  end();
}

bool ChatExchange::sends_native_error() const { return merger_ == nullptr && !legs_[0]->report().error_body.empty(); }

void ChatExchange::send_native_error() {
  const LegReport& report = legs_[0]->report();
  context_.account.error_code = recorded_code(*report.error);
  send_whole(context_, whole_reply_head(report.upstream_status, report.request_id), client().reply_content_type(),
             report.error_body);
  end();
}

void ChatExchange::send_answer() {
  std::string body;
  if (merger_ != nullptr) answer_.model = json::escape(plan_->request.model);
  // Reserved at once: a buffer that grows step by step needs twice the memory of a large reply.
  const size_t replies = merger_ != nullptr ? context_.held_replies.held() : reply_bytes(legs_[0]->report());
  body.reserve(replies + kJoinedBytesMore);
  client().encode_reply(answer_, meta_, body);
  answer_ = chat::Answer();
  context_.held_replies.give_back();
  send_whole(context_, whole_reply_head(200), client().reply_content_type(), std::move(body));
  end();
}

void ChatExchange::on_native_whole(uint32_t id, NativeBody body) {
  HeadWriter head = whole_reply_head(200, legs_[0]->report().request_id);
  head.add_plain("content-type", client().reply_content_type());
  send_head(context_, std::move(head));
  end();
  if (body.is_changed || body.text.size() > kKeptBodyBytesMax) return send_whole_body(context_, std::move(body.text));
  context_.commands.add(CommandKind::kSendFetched, id);
  context_.commands.add(CommandKind::kSendEnd);
}

void ChatExchange::on_native_stream(uint32_t id, std::string_view peeked) {
  if (state_ == State::kWaiting) send_stream_head(legs_[0]->report().request_id);
  send_text(std::string(peeked));
  context_.commands.add(CommandKind::kRelay, id);
  state_ = State::kRelaying;
}

void ChatExchange::on_relay_ended(const RelayEnding& ending) {
  if (ending.is_broken) {
    context_.commands.add(CommandKind::kSendAbort);
    return end();
  }
  if (!ending.rest.empty()) send_text(ending.rest);
  context_.commands.add(CommandKind::kSendEnd);
  end();
}

HeadWriter ChatExchange::head_for(int status, std::string_view providers_id) const {
  HeadWriter head = reply_head(context_, status, providers_id);
  add_leg_headers(head, reports(), context_);
  return head;
}

HeadWriter ChatExchange::whole_reply_head(int status, std::string_view providers_id) const {
  HeadWriter head = head_for(status, providers_id);
  head.add("x-onellm-cost", total_cost(reports(), "unknown"));
  return head;
}

void ChatExchange::send_stream_head(std::string_view providers_id) {
  HeadWriter head = head_for(200, providers_id);
  head.add_plain("content-type", client().stream_content_type());
  head.add("cache-control", "no-cache, no-transform");
  head.add("x-accel-buffering", "no");
  send_head(context_, std::move(head));
  state_ = State::kStreaming;
}

void ChatExchange::send_text(std::string text) {
  Command bytes{.kind = CommandKind::kSendBytes};
  bytes.body.add_owned(std::move(text));
  context_.commands.add(std::move(bytes));
  last_sent_ms_ = context_.now_ms;
}

}  // namespace onellm::gateway
