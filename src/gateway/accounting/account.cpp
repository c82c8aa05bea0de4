#include "gateway/accounting/account.h"

#include <algorithm>
#include <string>

#include "base/limits.h"
#include "gateway/accounting/data_point.h"
#include "gateway/accounting/ledger.h"
#include "gateway/accounting/masked_text.h"
#include "gateway/accounting/request_log.h"
#include "gateway/accounting/sessions/client_session.h"
#include "gateway/accounting/together/together.h"
#include "gateway/keys/metering/settle.h"

namespace onellm::gateway {

namespace {

constexpr int kFirstErrorStatus = 400;

// The record of a request without records of calls.
CallRecord request_without_calls(const Context& context) {
  const RequestAccount& account = context.account;
  CallRecord record;
  record.model_asked = account.model;
  record.status = account.status;
  record.error_code = account.error_code;
  if (account.client_gone) {
    record.outcome = Outcome::kClientGone;
  } else if (account.status >= kFirstErrorStatus) {
    // Lists and counts call upstreams without a record of their own.
    record.outcome = account.upstream_wait.asked() ? Outcome::kError : Outcome::kRefused;
  }
  record.cost = 0;
  record.ended_ms = context.now_ms;
  record.total_ms = record.overhead_ms = static_cast<int64_t>(context.now_ms - context.started_ms);
  return record;
}

// Fills in what all records of a request have in common.
void complete(const Context& context, CallRecord& call) {
  const RequestAccount& account = context.account;
  call.request_id = context.request_id;
  call.key_id = account.key_id;
  call.key_name = account.key_name;
  call.route = account.route;
  call.merge = account.merge;
  call.country = account.country;
  call.colo = account.colo;
  call.legs = account.legs;
  call.bytes_in = account.body_bytes;
}

void add_to_ledger(Context& context, const CallRecord& call) {
  if (context.ledger == nullptr || !context.settings->ledger) return;
  const std::optional<uint32_t> flush_in_ms = context.ledger->add(call, context.now_ms);
  if (flush_in_ms) context.commands.add(CommandKind::kFlushLedger, 0, *flush_in_ms);
}

// A name that holds a secret, of a key or of a provider, or a part of one, is not kept.
bool is_clean(const Context& context, std::string_view name) { return masked_text(context, name) == name; }

// Adds a request with calls to the session that its client named. Sessions belong to keys. A refused request is in
// none: a key at its limit could otherwise make as many as it likes.
void add_to_session(Context& context) {
  const RequestAccount& account = context.account;
  if (context.ledger == nullptr || !context.settings->ledger || account.session.empty() || account.key_id.empty())
    return;
  if (!is_clean(context, account.session)) return;
  const std::string_view client = account.user_agent.substr(0, 2 * kAgentBytesMax);
  const std::string agent = is_clean(context, client) ? agent_of(client) : std::string();
  SessionRequest request{.key = account.key_id, .id = account.session, .agent = agent};
  request.started_ms = static_cast<int64_t>(context.started_ms);
  request.ended_ms = static_cast<int64_t>(context.now_ms);
  const auto add = [](int64_t& sum, int64_t tokens) { sum += std::clamp(tokens, int64_t{0}, kTokensMax); };
  for (const CallRecord& call : account.calls) {
    add(request.prompt_tokens, call.usage.prompt_tokens);
    add(request.completion_tokens, call.usage.completion_tokens);
    add(request.cached_tokens, call.usage.cached_tokens.value_or(0));
    request.cost_pico_usd += call.cost.value_or(0);  // At most kCallCostPicoUsdMax.
  }
  context.ledger->add_session(request);
}

void account_calls(Context& context) {
  RequestAccount& account = context.account;
  const bool has_calls = !account.calls.empty();
  if (!has_calls) account.calls.push_back(request_without_calls(context));
  account.calls.front().first = true;
  if (account.legs > 1) compare_legs(account.calls);
  size_t points_left = context.settings->has_analytics ? kDataPointsMax : 0;
  for (CallRecord& call : account.calls) {
    complete(context, call);
    if (points_left > 0) {
      --points_left;
      context.commands.add({.kind = CommandKind::kWriteRecord, .head = data_point(call)});
    }
    add_to_ledger(context, call);
  }
  if (has_calls) add_to_session(context);
}

}  // namespace

void account_request(Context& context) {
  RequestAccount& account = context.account;
  if (account.client_gone && account.status == 0) account.status = kClientClosedRequest;
  if (account.counts) account_calls(context);
  settle_key(context);
  log_request(context);
}

}  // namespace onellm::gateway
