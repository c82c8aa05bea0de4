#include "gateway/count_tokens/exchange.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "base/limits.h"
#include "gateway/chat/request/field_names.h"
#include "gateway/http/reply.h"
#include "gateway/keys/metering/reply_headers.h"
#include "gateway/upstream/errors.h"
#include "gateway/upstream/head.h"

namespace onellm::gateway {

namespace {

// Short: clients ask for a count before each turn, and an estimate is better than a late answer.
Deadlines count_deadlines() {
  const Deadline deadline{.ms = kCountTimeoutMs, .setting = "fixed"};
  return {.head = deadline, .first = deadline, .idle = deadline, .answer = {}};
}

}  // namespace

CountExchange::CountExchange(Context& context, std::unique_ptr<CountPlan> plan) : context_(context) {
  take_plan(std::move(plan));
}

void CountExchange::take_plan(std::unique_ptr<CountPlan> plan) {
  counted_.clear();
  plan_ = std::move(plan);
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
    case AdmissionStep::kChanged: return plan_anew();
  }
}

// The plan was made with the record that has changed: what it allowed may be refused now.
void CountExchange::plan_anew() {
  const json::Buffer& body = *plan_->body;
  take_plan(std::make_unique<CountPlan>(*context_.encoded_room));  // Frees the memory of the old one.
  Result<std::unique_ptr<CountPlan>> plan = plan_count(context_, body);
  if (!plan) return refuse(plan.error(), {});
  take_plan(std::move(*plan));
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

}  // namespace onellm::gateway
