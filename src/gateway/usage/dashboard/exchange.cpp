#include "gateway/usage/dashboard/exchange.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "base/limits.h"
#include "gateway/http/refusals.h"
#include "gateway/http/reply.h"
#include "gateway/usage/dashboard/report.h"
#include "gateway/usage/refusals.h"

namespace onellm::gateway {

namespace {

constexpr std::string_view kAskLedger = "ONELLM_LEDGER_OBJECT ledger dashboard";

}  // namespace

void DashboardExchange::start() {
  Result<DashboardQuery> query = read_dashboard_query(context_.request.query, key_, context_.now_ms);
  if (!query) return refuse(query.error());
  if (!context_.settings->ledger) return refuse(usage_not_kept(*context_.settings));
  query_ = std::move(*query);
  deadline_ms_ = context_.now_ms + kUsageTimeoutMs;
  asked_ = context_.new_fetch_id();
  Command call{.kind = CommandKind::kCallObject, .id = asked_, .head = std::string(kAskLedger)};
  call.body.add_owned(dashboard_argument(query_));
  context_.commands.add(std::move(call));
  keys_.start(key_.empty());
}

void DashboardExchange::on_object(uint32_t id, bool replied, std::string_view reply) {
  if (over()) return;
  if (id != asked_) {
    keys_.on_object(id, replied, reply);
    return go_on();
  }
  if (state_ != State::kAsking) return;
  if (!replied) return refuse(ledger_failure(reply));
  take_figures(reply);
}

void DashboardExchange::take_figures(std::string_view reply) {
  if (!context_.memory->can_parse(reply.size())) {
    state_ = State::kOver;
    return refuse_busy(context_);
  }
  if (reply.size() <= kDashboardReplyBytesMax) figures_ = read_dashboard_figures(reply);
  if (!figures_) {
    return refuse({.kind = ErrorKind::kUpstreamBadReply, .message = "The sums of usage could not be read."});
  }
  if (!context_.memory->has_room_for(context_.memory_use->held_bytes())) {
    state_ = State::kOver;
    return refuse_busy(context_);
  }
  state_ = State::kWaiting;
  go_on();
}

void DashboardExchange::go_on() {
  if (state_ == State::kAsking || keys_.waits()) return;
  if (state_ == State::kWaiting) {
    state_ = State::kNaming;
    keys_.ask_aliases(*figures_);
    if (keys_.waits()) return;
  }
  answer();
}

void DashboardExchange::on_time() {
  if (over()) return;
  if (keys_.waits() && context_.now_ms >= keys_.deadline_ms()) {
    keys_.give_up();
    go_on();
  }
  if (state_ == State::kAsking && context_.now_ms >= deadline_ms_) {
    refuse(no_usage_answer(ErrorKind::kUpstreamTimeout, "The ledger"));
  }
}

double DashboardExchange::wakeup_ms() const {
  double wakeup_ms = keys_.waits() ? keys_.deadline_ms() : std::numeric_limits<double>::infinity();
  if (state_ == State::kAsking) wakeup_ms = std::min(wakeup_ms, deadline_ms_);
  return wakeup_ms;
}

void DashboardExchange::answer() {
  state_ = State::kOver;
  HeadWriter head = reply_head(context_, 200);
  head.add_plain("cache-control", "no-store");
  send_json(context_, std::move(head), dashboard_report(*figures_, query_, keys_.take_parts()));
}

void DashboardExchange::refuse(const Error& error) {
  state_ = State::kOver;
  send_error(context_, error);
}

}  // namespace onellm::gateway
