#include "gateway/count_tokens/exchange.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "base/limits.h"
#include "chat/token_estimate.h"
#include "gateway/chat/lanes/native_error.h"
#include "gateway/http/reply.h"
#include "gateway/upstream/errors.h"
#include "gateway/upstream/head.h"

namespace onellm::gateway {

namespace {

constexpr int kNotFound = 404;
constexpr int kTooManyRequests = 429;

// Short: clients ask for a count before each turn, and an estimate is better than a late answer.
Deadlines count_deadlines() {
  const Deadline deadline{.ms = kCountTimeoutMs, .setting = "fixed"};
  return {.head = deadline, .first = deadline, .idle = deadline, .answer = {}};
}

// True for a refusal that says nothing about the request: the endpoint is missing, busy or broken.
bool is_outage(int status) { return status == kNotFound || status == kTooManyRequests || status >= 500; }

}  // namespace

CountExchange::CountExchange(Context& context, std::unique_ptr<CountPlan> plan)
    : context_(context), plan_(std::move(plan)) {
  for (CountLeg& leg : plan_->legs) {
    if (!leg.is_asked) continue;
    asked_.push_back(std::make_unique<Asked>(
        Asked{.leg = &leg, .fetch = UpstreamFetch(leg.target.asked, count_deadlines(), context_), .body = {}}));
  }
}

void CountExchange::start() {
  const bool all_asked = asked_.size() == plan_->legs.size();
  if (!all_asked) largest_ = estimate();
  for (const auto& asked : asked_) ask(*asked);
  answer_if_settled();
}

void CountExchange::ask(Asked& asked) {
  const providers::Provider& provider = *asked.leg->target.provider;
  const providers::Api& api = *provider.kind->count_api;
  const providers::Endpoint endpoint = api.endpoint(
      provider,
      {.model = asked.leg->target.model, .stream = false, .body = asked.leg->encoded.body, .now_ms = context_.now_ms});
  const RequestOrigin origin{.has_idempotency_key = false,
                             .is_own_dialect = api.dialect->id() == context_.client->id()};
  asked.fetch.send({.head = upstream_head(provider, endpoint, asked.leg->encoded.headers, origin, context_),
                    .body = &asked.leg->encoded.body,
                    .provider = provider.name});
}

// --- events of the upstreams ---

CountExchange::Asked* CountExchange::awaiting(uint32_t id) {
  for (const auto& asked : asked_) {
    if (asked->fetch.id() == id && !asked->settled && !over_) return asked.get();
  }
  return nullptr;
}

void CountExchange::on_fetch_head(uint32_t id, const Head& head) {
  Asked* asked = awaiting(id);
  if (asked == nullptr) return;
  const providers::Provider& provider = *asked->leg->target.provider;
  const providers::Kind& kind = *provider.kind;
  const UpstreamStep step = asked->fetch.on_head(head);
  asked->passed = passed_headers(kind, head, plan_->native, context_.now_ms);
  remove_secrets(asked->passed, provider);
  if (!kind.request_id_header.empty()) {
    asked->request_id = head.header(kind.request_id_header).substr(0, kPassedHeaderBytesMax);
    if (holds_secret(asked->request_id, provider)) asked->request_id.clear();
  }
  if (step == UpstreamStep::kBegan) asked->fetch.read_whole(kCountReplyBytesMax);
}

void CountExchange::on_fetch_bytes(uint32_t id, std::string_view bytes) {
  Asked* asked = awaiting(id);
  if (asked != nullptr && asked->fetch.on_bytes(bytes) == UpstreamStep::kBytes) asked->body.append(bytes);
}

void CountExchange::on_fetch_end(uint32_t id) {
  if (Asked* asked = awaiting(id)) follow(*asked, asked->fetch.on_end());
  answer_if_settled();
}

void CountExchange::on_fetch_failed(uint32_t id) {
  if (Asked* asked = awaiting(id)) follow(*asked, asked->fetch.on_failed());
  answer_if_settled();
}

void CountExchange::on_time() {
  for (const auto& asked : asked_) {
    if (!over_ && !asked->settled) follow(*asked, asked->fetch.on_time(false));
  }
  answer_if_settled();
}

void CountExchange::on_client_gone() {
  cancel_all();
  over_ = true;
}

double CountExchange::wakeup_ms() const {
  double earliest = std::numeric_limits<double>::infinity();
  for (const auto& asked : asked_) {
    if (!asked->settled) earliest = std::min(earliest, asked->fetch.deadline_ms());
  }
  return earliest;
}

void CountExchange::follow(Asked& asked, UpstreamStep step) {
  switch (step) {
    case UpstreamStep::kEnded: return take_reply(asked);
    case UpstreamStep::kRefused: return take_refusal(asked);
    case UpstreamStep::kBroken:
    case UpstreamStep::kLost:
    case UpstreamStep::kFailed: return plan_->native ? refuse(asked, asked.fetch.error()) : settle(asked, std::nullopt);
    case UpstreamStep::kNothing:
    case UpstreamStep::kBegan:
    case UpstreamStep::kBytes:
    case UpstreamStep::kDue:
    case UpstreamStep::kGaveUp: return;
  }
}

void CountExchange::take_reply(Asked& asked) {
  asked.fetch.finish();
  std::string body;
  asked.body.move_to(body);
  if (plan_->native) return send_native(asked, asked.fetch.status(), std::move(body));
  settle(asked, asked.leg->target.provider->kind->count_api->dialect->decode_count(body));
}

void CountExchange::take_refusal(Asked& asked) {
  const providers::Provider& provider = *asked.leg->target.provider;
  const int status = asked.fetch.status();
  const std::string body = asked.fetch.take_error_body();
  if (plan_->native && context_.client->passes_errors()) {
    std::string shown = native_error_body(body, provider);
    if (!shown.empty()) return send_native(asked, status, std::move(shown));
  }
  if (!plan_->native && is_outage(status)) return settle(asked, std::nullopt);
  refuse(asked, provider.kind->count_api->dialect->decode_error(status, body, asked.leg->encoded.reply));
}

// --- the answer ---

void CountExchange::settle(Asked& asked, std::optional<int64_t> count) {
  asked.settled = true;
  largest_ = std::max(largest_, count ? *count : estimate());
}

int64_t CountExchange::estimate() {
  if (!estimate_) estimate_ = chat::estimate_tokens(plan_->request);
  return *estimate_;
}

void CountExchange::answer_if_settled() {
  const auto is_settled = [](const auto& asked) { return asked->settled; };
  if (over_ || !std::all_of(asked_.begin(), asked_.end(), is_settled)) return;
  over_ = true;
  HeadWriter head = reply_head(context_, 200);
  if (estimate_) head.add_plain("x-onellm-estimated", "input_tokens");
  std::string body;
  context_.client->encode_count(largest_, body);
  send_whole(context_, std::move(head), context_.client->reply_content_type(), std::move(body));
}

void CountExchange::refuse(Asked& asked, const Error& error) {
  const Error shown = redacted(error, *asked.leg->target.provider);
  cancel_all();
  over_ = true;
  pass_retry_after(shown, asked.passed);
  HeadWriter head = error_head(context_, shown);
  for (const auto& [name, value] : asked.passed) head.add(name, value);
  send_error(context_, std::move(head), shown);
}

void CountExchange::send_native(Asked& asked, int status, std::string body) {
  over_ = true;
  HeadWriter head = reply_head(context_, status, asked.request_id);
  for (const auto& [name, value] : asked.passed) head.add(name, value);
  send_whole(context_, std::move(head), context_.client->reply_content_type(), std::move(body));
}

void CountExchange::cancel_all() {
  for (const auto& asked : asked_) {
    if (!asked->settled) static_cast<void>(asked->fetch.cancel());
  }
}

}  // namespace onellm::gateway
