#include "gateway/count_tokens/exchange.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "base/limits.h"
#include "chat/token_estimate.h"
#include "gateway/accounting/call_end.h"
#include "gateway/chat/lanes/native_error.h"
#include "gateway/chat/request/field_names.h"
#include "gateway/http/reply.h"
#include "gateway/keys/metering/reply_headers.h"
#include "gateway/keys/plan/allowed_models.h"
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
    auto counted = std::make_unique<Counted>(
        Counted{.leg = &leg, .fetch = UpstreamFetch(leg.target.asked, count_deadlines(), context_)});
    LegReport& report = counted->report;
    report.name = leg.name;
    report.provider = leg.target.provider->name;
    report.model = leg.target.model;
    report.dropped = in_clients_words(leg.encoded.dropped, *context_.client, plan_->request);
    counted_.push_back(std::move(counted));
  }
}

void CountExchange::start() {
  if (!context_.caller.has_limits()) return begin();
  admission_.emplace(context_);
  admission_->ask({.kind = keys::AskKind::kCount});
}

void CountExchange::on_object(uint32_t id, bool replied, std::string_view reply) {
  if (admission_ && !over_) follow(admission_->on_object(id, replied, reply));
}

// A count takes one request of the key, but no tokens and no money.
void CountExchange::follow(AdmissionStep step) {
  switch (step) {
    case AdmissionStep::kNothing: return;
    case AdmissionStep::kAdmitted: return begin();
    case AdmissionStep::kRefused: return refuse(admission_->refusal(), admission_->retry_headers());
    case AdmissionStep::kChanged: break;
  }
  for (const CountLeg& leg : plan_->legs) {
    if (may_use(context_.caller, *context_.settings, leg.name, leg.target)) continue;
    return refuse(model_not_allowed(leg.name), {});
  }
  admission_->ask({.kind = keys::AskKind::kCount});
}

void CountExchange::begin() {
  has_begun_ = true;
  for (const auto& counted : counted_) {
    if (counted->leg->is_asked) {
      ask(*counted);
    } else {
      settle(*counted, std::nullopt);
    }
  }
  answer_if_settled();
}

void CountExchange::ask(Counted& counted) {
  const providers::Provider& provider = *counted.leg->target.provider;
  const providers::Api& api = *provider.kind->count_api;
  const dialects::EncodedRequest& encoded = counted.leg->encoded;
  const providers::Endpoint endpoint = api.endpoint(
      provider, {.model = counted.leg->target.model, .stream = false, .body = encoded.body, .now_ms = context_.now_ms});
  const RequestOrigin origin{.has_idempotency_key = false,
                             .is_own_dialect = api.dialect->id() == context_.client->id()};
  counted.report.attempts = 1;
  counted.fetch.send({.head = upstream_head(provider, endpoint, encoded.headers, origin, context_),
                      .body = &encoded.body,
                      .provider = provider.name});
}

// --- events of the upstreams ---

CountExchange::Counted* CountExchange::awaiting(uint32_t id) {
  for (const auto& counted : counted_) {
    if (counted->fetch.id() == id && !counted->settled && !over_) return counted.get();
  }
  return nullptr;
}

void CountExchange::on_fetch_head(uint32_t id, const Head& head) {
  Counted* counted = awaiting(id);
  if (counted == nullptr) return;
  const providers::Provider& provider = *counted->leg->target.provider;
  const providers::Kind& kind = *provider.kind;
  const UpstreamStep step = counted->fetch.on_head(head);
  LegReport& report = counted->report;
  report.upstream_status = counted->fetch.status();
  report.passed_headers = passed_headers(kind, head, plan_->native, context_.now_ms);
  remove_secrets(report.passed_headers, provider);
  if (context_.key_use.renames_providers) pass_rate_headers(context_, report.passed_headers);
  if (plan_->native && !kind.request_id_header.empty()) {
    report.request_id = head.header(kind.request_id_header).substr(0, kPassedHeaderBytesMax);
    if (holds_secret(report.request_id, provider)) report.request_id.clear();
  }
  if (step == UpstreamStep::kBegan) counted->fetch.read_whole(kCountReplyBytesMax);
}

void CountExchange::on_fetch_bytes(uint32_t id, std::string_view bytes) {
  Counted* counted = awaiting(id);
  if (counted != nullptr && counted->fetch.on_bytes(bytes) == UpstreamStep::kBytes) counted->body.append(bytes);
}

void CountExchange::on_fetch_end(uint32_t id) {
  if (Counted* counted = awaiting(id)) follow(*counted, counted->fetch.on_end());
  answer_if_settled();
}

void CountExchange::on_fetch_failed(uint32_t id) {
  if (Counted* counted = awaiting(id)) follow(*counted, counted->fetch.on_failed());
  answer_if_settled();
}

void CountExchange::on_time() {
  if (admission_) follow(admission_->on_time());
  for (const auto& counted : counted_) {
    if (!over_ && !counted->settled) follow(*counted, counted->fetch.on_time(false));
  }
  answer_if_settled();
}

void CountExchange::on_client_gone() {
  cancel_all();
  over_ = true;
}

double CountExchange::wakeup_ms() const {
  double earliest = admission_ ? admission_->wakeup_ms() : std::numeric_limits<double>::infinity();
  for (const auto& counted : counted_) {
    if (!counted->settled) earliest = std::min(earliest, counted->fetch.deadline_ms());
  }
  return earliest;
}

void CountExchange::follow(Counted& counted, UpstreamStep step) {
  switch (step) {
    case UpstreamStep::kEnded: return take_reply(counted);
    case UpstreamStep::kRefused: return take_refusal(counted);
    case UpstreamStep::kBroken:
    case UpstreamStep::kLost:
    case UpstreamStep::kFailed: return take_failure(counted, counted.fetch.error());
    case UpstreamStep::kNothing:
    case UpstreamStep::kBegan:
    case UpstreamStep::kBytes:
    case UpstreamStep::kDue:
    case UpstreamStep::kGaveUp: return;
  }
}

void CountExchange::take_reply(Counted& counted) {
  const std::string& name = counted.report.name;
  std::string body;
  counted.body.move_to(body);
  if (body.size() > kCountReplyBytesMax) {
    return take_failure(counted,
                        {.kind = ErrorKind::kUpstreamBadReply, .message = name + ": the count's reply is too large"});
  }
  const std::optional<int64_t> count = counted.leg->target.provider->kind->count_api->dialect->decode_count(body);
  if (!count) {
    return take_failure(counted,
                        {.kind = ErrorKind::kUpstreamBadReply, .message = name + ": the reply has no count of tokens"});
  }
  counted.fetch.finish();
  if (plan_->native) return send_native(counted, counted.fetch.status(), std::move(body));
  settle(counted, count);
}

void CountExchange::take_refusal(Counted& counted) {
  const providers::Provider& provider = *counted.leg->target.provider;
  const int status = counted.fetch.status();
  const std::string body = counted.fetch.take_error_body();
  const Error error = provider.kind->count_api->dialect->decode_error(status, body, counted.leg->encoded.reply);
  if (plan_->native && context_.client->passes_errors()) {
    std::string shown = native_error_body(body, provider);
    if (!shown.empty()) {
      context_.account.error_code = recorded_code(redacted(error, provider));
      return send_native(counted, status, std::move(shown));
    }
  }
  if (!plan_->native && is_outage(status)) return settle(counted, std::nullopt);
  refuse(counted, error);
}

// There is no good reply. A client that gets the provider's own replies gets no estimate in its place.
void CountExchange::take_failure(Counted& counted, const Error& error) {
  if (plan_->native) return refuse(counted, error);
  counted.fetch.finish();
  settle(counted, std::nullopt);
}

// --- the answer ---

void CountExchange::settle(Counted& counted, std::optional<int64_t> count) {
  counted.settled = true;
  largest_ = std::max(largest_, count ? *count : estimate());
}

int64_t CountExchange::estimate() {
  if (!estimate_) estimate_ = chat::estimate_tokens(plan_->request);
  return *estimate_;
}

void CountExchange::answer_if_settled() {
  const auto is_settled = [](const auto& counted) { return counted->settled; };
  if (over_ || !has_begun_ || !std::all_of(counted_.begin(), counted_.end(), is_settled)) return;
  over_ = true;
  HeadWriter head = reply_head(context_, 200);
  add_headers(head, nullptr);
  if (estimate_) head.add_plain("x-onellm-estimated", "input_tokens");
  std::string body;
  context_.client->encode_count(largest_, body);
  send_whole(context_, std::move(head), context_.client->reply_content_type(), std::move(body));
}

void CountExchange::refuse(Counted& counted, const Error& error) {
  const Error shown = redacted(error, *counted.leg->target.provider);
  cancel_all();
  over_ = true;
  LegReport& report = counted.report;
  pass_retry_after(shown, report.passed_headers);
  HeadWriter head = error_head(context_, shown, report.request_id);
  add_headers(head, &counted);
  send_error(context_, std::move(head), shown, report.request_id);
}

void CountExchange::refuse(const Error& error, const dialects::HeaderList& headers) {
  over_ = true;
  HeadWriter head = error_head(context_, error);
  for (const auto& [name, value] : headers) head.add(name, value);
  send_error(context_, std::move(head), error);
}

void CountExchange::send_native(Counted& counted, int status, std::string body) {
  over_ = true;
  HeadWriter head = reply_head(context_, status, counted.report.request_id);
  add_headers(head, &counted);
  send_whole(context_, std::move(head), context_.client->reply_content_type(), std::move(body));
}

// Of several models, the one that refused the request says when to try again.
void CountExchange::add_headers(HeadWriter& head, const Counted* refuser) const {
  LegReports reports;
  for (const auto& counted : counted_) reports.push_back(&counted->report);
  add_leg_headers(head, reports, context_);
  if (refuser == nullptr || reports.size() == 1) return;
  for (const auto& [name, value] : refuser->report.passed_headers) head.add(name, value);
}

void CountExchange::cancel_all() {
  for (const auto& counted : counted_) {
    if (!counted->settled) static_cast<void>(counted->fetch.cancel());
  }
}

}  // namespace onellm::gateway
