#include "gateway/usage/exchange.h"

#include <utility>

#include "base/limits.h"
#include "gateway/http/refusals.h"
#include "gateway/http/reply.h"
#include "gateway/usage/refusals.h"
#include "gateway/usage/report.h"
#include "gateway/usage/sql.h"
#include "json/writer.h"

namespace onellm::gateway {

namespace {

constexpr std::string_view kQueryLedger = "ONELLM_LEDGER_OBJECT ledger query";

// The argument of the ledger object's method (worker/objects/ledger/ledger.js).
std::string ledger_query(const UsageQuery& query) {
  std::string out;
  {
    json::ObjectWriter object(out);
    object.add("from_hour", query.from_hour);
    object.add("to_hour", query.to_hour);
    object.add("limit", static_cast<int64_t>(kUsageGroupsMax + 1));
    if (!query.key.empty()) object.add_plain("key", query.key);
    json::ArrayWriter groups(object.begin("group_by"));
    for (const UsageGroup group : query.groups()) json::quote_to(groups.next(), to_string(group));
  }
  return out;
}

// An error of the SQL API. Its own message may quote the query (not the token) and does not help a client, so it is not
// passed on.
Error api_error(int status) {
  Error error{.kind = ErrorKind::kUpstreamRefused,
              .message = "The SQL API of Analytics Engine answered " + std::to_string(status) + "."};
  if (status == 401 || status == 403) {
    error.message += " CF_API_TOKEN needs the permission Account Analytics: Read for CF_ACCOUNT_ID.";
  }
  error.status = error_row(error.kind).status;
  error.code = error_row(error.kind).code;
  error.upstream_status = status;
  return error;
}

}  // namespace

void UsageExchange::start() {
  Result<UsageQuery> query = read_usage_query(context_.request.query, key_, context_.now_ms);
  if (!query) return refuse(query.error());
  query_ = *query;
  deadline_ms_ = context_.now_ms + kUsageTimeoutMs;
  if (!context_.settings->analytics_api.url.empty()) return ask_analytics();
  if (context_.settings->ledger) return ask_ledger();
  refuse(usage_not_kept(*context_.settings));
}

void UsageExchange::ask_analytics() {
  const routing::AnalyticsApi& api = context_.settings->analytics_api;
  HeadWriter head("POST " + api.url);
  head.add("authorization", "Bearer " + api.token).add("content-type", "text/plain");
  asked_ = context_.new_fetch_id();
  fetching_ = true;
  Command fetch{.kind = CommandKind::kFetch, .id = asked_, .head = head.take()};
  fetch.body.add_owned(usage_sql(query_, api.dataset));
  context_.commands.add(std::move(fetch));
}

void UsageExchange::ask_ledger() {
  asked_ = context_.new_fetch_id();
  Command call{.kind = CommandKind::kCallObject, .id = asked_, .head = std::string(kQueryLedger)};
  call.body.add_owned(ledger_query(query_));
  context_.commands.add(std::move(call));
}

void UsageExchange::on_fetch_head(uint32_t id, const Head& head) {
  if (id != asked_ || over_) return;
  if (head.status() != 200) return refuse(api_error(head.status()));
  context_.commands.add(CommandKind::kReadWhole, id, static_cast<uint32_t>(kReplyBytesMax));
}

void UsageExchange::on_fetch_bytes(uint32_t id, std::string_view bytes) {
  if (id != asked_ || over_) return;
  body_.append(bytes);
  if (!context_.memory->has_room_for(context_.memory_use->held_bytes())) refuse_for_memory();
}

void UsageExchange::on_fetch_end(uint32_t id) {
  if (id != asked_ || over_) return;
  fetching_ = false;
  std::string body;
  body_.move_to(body);
  answer(body, "analytics_engine");
}

void UsageExchange::on_fetch_failed(uint32_t id) {
  if (id != asked_ || over_) return;
  fetching_ = false;
  refuse(no_usage_answer(ErrorKind::kUpstreamUnreachable, "The SQL API of Analytics Engine"));
}

void UsageExchange::on_object(uint32_t id, bool replied, std::string_view reply) {
  if (id != asked_ || over_) return;
  if (!replied) return refuse(ledger_failure(reply));
  answer(reply, "ledger");
}

void UsageExchange::on_time() {
  if (over_ || context_.now_ms < deadline_ms_) return;
  refuse(no_usage_answer(ErrorKind::kUpstreamTimeout, fetching_ ? "The SQL API of Analytics Engine" : "The ledger"));
}

void UsageExchange::on_client_gone() {
  if (std::exchange(fetching_, false)) context_.commands.add(CommandKind::kAbortFetch, asked_);
  over_ = true;
}

void UsageExchange::answer(std::string_view rows, std::string_view source) {
  if (!context_.memory->can_parse(rows.size())) return refuse_for_memory();
  Result<std::string> report = usage_report(rows, query_, source);
  if (!report) return refuse(report.error());
  over_ = true;
  send_json(context_, reply_head(context_, 200), std::move(*report));
}

void UsageExchange::refuse_for_memory() {
  if (std::exchange(fetching_, false)) context_.commands.add(CommandKind::kAbortFetch, asked_);
  over_ = true;
  refuse_busy(context_);
}

void UsageExchange::refuse(const Error& error) {
  if (std::exchange(fetching_, false)) context_.commands.add(CommandKind::kAbortFetch, asked_);
  over_ = true;
  HeadWriter head = error_head(context_, error);
  if (error.upstream_status != 0) head.add("x-onellm-upstream-status", std::to_string(error.upstream_status));
  send_error(context_, std::move(head), error);
}

}  // namespace onellm::gateway
