// The part of a count of tokens that reads the providers' replies and answers the client.
#include <algorithm>
#include <utility>

#include "base/limits.h"
#include "chat/token_estimate.h"
#include "gateway/accounting/call_end.h"
#include "gateway/chat/lanes/native_error.h"
#include "gateway/count_tokens/exchange.h"
#include "gateway/http/refusals.h"
#include "gateway/http/reply.h"
#include "gateway/upstream/errors.h"

namespace onellm::gateway {

namespace {

constexpr int kNotFound = 404;
constexpr int kTooManyRequests = 429;

// True for a refusal that says nothing about the request: the endpoint is missing, busy or broken.
bool is_outage(int status) { return status == kNotFound || status == kTooManyRequests || status >= 500; }

}  // namespace

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
  if (error.kind == ErrorKind::kBusy) return refuse_busy(context_);
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
