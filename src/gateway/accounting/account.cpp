#include "gateway/accounting/account.h"

#include "gateway/accounting/data_point.h"
#include "gateway/accounting/ledger.h"
#include "gateway/accounting/request_log.h"
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

void account_calls(Context& context) {
  RequestAccount& account = context.account;
  if (account.calls.empty()) account.calls.push_back(request_without_calls(context));
  account.calls.front().first = true;
  size_t points_left = context.settings->has_analytics ? kDataPointsMax : 0;
  for (CallRecord& call : account.calls) {
    complete(context, call);
    if (points_left > 0) {
      --points_left;
      context.commands.add({.kind = CommandKind::kWriteRecord, .head = data_point(call)});
    }
    add_to_ledger(context, call);
  }
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
