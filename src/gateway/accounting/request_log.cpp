#include "gateway/accounting/request_log.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "base/limits.h"
#include "base/text.h"
#include "gateway/accounting/masked_text.h"
#include "json/writer.h"
#include "keys/secret.h"

namespace onellm::gateway {

namespace {

using routing::LogLevel;

constexpr size_t kUsualLineBytes = 640;
constexpr size_t kMethodBytesMax = 16;
constexpr int kFirstErrorStatus = 400;
constexpr int kFirstServerErrorStatus = 500;

std::string_view to_string(LogLevel level) {
  static constexpr std::string_view kNames[] = {"off", "error", "warn", "info", "debug"};
  return kNames[static_cast<size_t>(level)];
}

bool wants(const Context& context, LogLevel level) { return context.settings->log_level >= level; }

void log(Context& context, LogLevel level, std::string line) {
  context.commands.add({.kind = CommandKind::kLog, .number = static_cast<uint32_t>(level), .head = std::move(line)});
}

// The calls of one leg. The last one shows how the leg ended.
struct LegCalls {
  const CallRecord* last = nullptr;
  int64_t prompt_tokens = 0;
  int64_t completion_tokens = 0;
  bool estimated = false;
  std::optional<prices::PicoUsd> cost = 0;
};

LegCalls calls_of(const std::vector<CallRecord>& calls, int leg) {
  LegCalls sum;
  for (const CallRecord& call : calls) {
    if (call.leg != leg || call.attempt == 0) continue;
    sum.last = &call;
    sum.prompt_tokens += call.usage.prompt_tokens;
    sum.completion_tokens += call.usage.completion_tokens;
    sum.estimated |= call.usage_source == UsageSource::kEstimated;
    sum.cost = sum_of_costs(sum.cost, call.cost);
  }
  return sum;
}

// True if the last call of the leg failed.
bool has_failed(const std::vector<CallRecord>& calls, int leg) {
  const auto is_of_leg = [leg](const CallRecord& call) { return call.leg == leg && call.attempt > 0; };
  const auto last = std::find_if(calls.rbegin(), calls.rend(), is_of_leg);
  return last != calls.rend() && last->outcome == Outcome::kError;
}

LogLevel level_of(const RequestAccount& account) {
  if (account.status >= kFirstServerErrorStatus) return LogLevel::kError;
  const bool client_left = account.status == kClientClosedRequest;  // Not a failure: people close windows.
  if (account.status >= kFirstErrorStatus && !client_left) return LogLevel::kWarn;
  for (int leg = 0; leg < account.legs; ++leg) {
    if (has_failed(account.calls, leg)) return LogLevel::kWarn;
  }
  return account.is_quiet ? LogLevel::kDebug : LogLevel::kInfo;
}

// From the request to the first content of any leg; 0: no content.
int64_t first_token_ms(const Context& context) {
  double first_ms = 0;
  for (const CallRecord& call : context.account.calls) {
    if (call.first_token_ms == 0) continue;
    const double at_ms = call.ended_ms - static_cast<double>(call.total_ms - call.first_token_ms);
    first_ms = first_ms == 0 ? at_ms : std::min(first_ms, at_ms);
  }
  return first_ms == 0 ? 0 : static_cast<int64_t>(first_ms - context.started_ms);
}

void add_if(json::ObjectWriter& object, std::string_view key, std::string_view value) {
  if (!value.empty()) object.add_plain(key, value);
}

void add_cost(json::ObjectWriter& object, std::optional<prices::PicoUsd> cost) {
  object.begin("cost") += cost ? prices::format_usd(*cost) : "null";
}

// Writes what the lines of a leg and of a call have in common.
void write_call(json::ObjectWriter& object, const CallRecord& call) {
  object.add_plain("provider", call.provider);
  add_if(object, "resource", call.resource);
  object.add_plain("served", utf8_prefix(call.model_served, kModelNotedBytesMax));
  object.add("status", static_cast<int64_t>(call.status));
  if (call.outcome != Outcome::kOk) object.add_plain("outcome", to_string(call.outcome));
  add_if(object, "error", call.error_code);
}

void write_leg(const Context& context, const LegCalls& leg, std::string& out) {
  json::ObjectWriter object(out);
  object.add_plain("model", utf8_prefix(leg.last->model_asked, kModelNotedBytesMax));
  write_call(object, *leg.last);
  object.add("attempts", static_cast<int64_t>(leg.last->attempt));
  object.add("prompt_tokens", leg.prompt_tokens);
  object.add("completion_tokens", leg.completion_tokens);
  if (leg.estimated) object.add("estimated", true);
  add_cost(object, leg.cost);
  if (context.settings->log_bodies) object.add_plain("reply", masked_text(context, leg.last->reply_text));
}

void write_attempt(const CallRecord& call, std::string& out) {
  json::ObjectWriter object(out);
  object.add("leg", static_cast<int64_t>(call.leg));
  object.add("attempt", static_cast<int64_t>(call.attempt));
  write_call(object, call);
  object.add("ms", call.total_ms);
  object.add("ttft_ms", call.first_token_ms);
  object.add("prompt_tokens", call.usage.prompt_tokens);
  object.add("completion_tokens", call.usage.completion_tokens);
  object.add_plain("usage", to_string(call.usage_source));
  add_cost(object, call.cost);
  object.add("bytes", call.bytes_out);
}

void write_legs(const Context& context, json::ObjectWriter& line) {
  const RequestAccount& account = context.account;
  if (account.legs > 0) {
    json::ArrayWriter legs(line.begin("legs"));
    for (int index = 0; index < account.legs; ++index) {
      const LegCalls leg = calls_of(account.calls, index);
      if (leg.last != nullptr) write_leg(context, leg, legs.next());
    }
  }
  if (!wants(context, LogLevel::kDebug)) return;
  json::ArrayWriter calls(line.begin("calls"));
  for (const CallRecord& call : account.calls) {
    if (call.attempt > 0) write_attempt(call, calls.next());
  }
}

std::string request_line(const Context& context, LogLevel level) {
  const RequestAccount& account = context.account;
  const std::string_view route = account.route.empty() ? "(unknown)" : account.route;
  std::string out;
  out.reserve(kUsualLineBytes);
  {
    json::ObjectWriter line(out);
    line.add_plain("level", to_string(level));
    std::string& message = line.begin("message");
    message += '"';
    json::escape_to(message, utf8_prefix(context.request.method, kMethodBytesMax));
    message.append(" ").append(route).append("\"");
    line.add_plain("request_id", context.request_id);
    add_if(line, "key", account.key_name);
    if (account.key_id != account.key_name) add_if(line, "key_id", account.key_id);
    line.add_plain("route", route);
    add_if(line, "model", account.model);
    add_if(line, "merge", account.merge);
    line.add("status", static_cast<int64_t>(account.status));
    add_if(line, "error", account.error_code);
    if (account.client_gone) line.add("client_gone", true);
    line.add("ms", static_cast<int64_t>(context.now_ms - context.started_ms));
    if (const int64_t ttft_ms = first_token_ms(context); ttft_ms > 0) line.add("ttft_ms", ttft_ms);
    write_legs(context, line);
    if (!account.logged_body.empty()) line.add_plain("request", masked_text(context, account.logged_body));
  }
  return out;
}

}  // namespace

void log_request(Context& context) {
  if (context.settings->log_level == LogLevel::kOff) return;
  const LogLevel level = level_of(context.account);
  if (wants(context, level)) log(context, level, request_line(context, level));
}

void log_warning(Context& context, std::string_view message) {
  if (!wants(context, LogLevel::kWarn)) return;
  std::string line;
  {
    json::ObjectWriter object(line);
    object.add_plain("level", to_string(LogLevel::kWarn));
    object.add_plain("message", keys::hide_secrets(message));
  }
  log(context, LogLevel::kWarn, std::move(line));
}

}  // namespace onellm::gateway
