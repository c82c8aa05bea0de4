#include "gateway/accounting/call_end.h"

#include <algorithm>
#include <utility>

#include "base/limits.h"
#include "base/text.h"
#include "dialects/common/errors/reason.h"
#include "gateway/accounting/masked_text.h"
#include "gateway/chat/reports/usage_estimate.h"

namespace onellm::gateway {

namespace {

constexpr size_t kCodeBytesMax = 40;

// Sets the usage of the call. If the answer came completely, the provider's final counts are used as they are. If it
// broke off, counts may be missing or too low: an estimate from the bytes received replaces those.
void settle_usage(const LegReport& report, int64_t prompt_bytes, CallRecord& call) {
  const int64_t streamed = tokens_of_bytes(report.content_bytes);
  const bool said_something = report.usage && report.usage->prompt_tokens + report.usage->completion_tokens > 0;
  if (report.usage && (said_something || streamed == 0)) {
    call.usage.add(*report.usage);  // Adds only the counts.
    call.usage.reported_cost_pico_usd = report.usage->reported_cost_pico_usd;
    call.usage.has_other_prices = report.usage->has_other_prices;
    call.usage.by_model = report.usage->by_model;
    const bool is_final = call.outcome == Outcome::kOk || !report.usage->partial;
    call.usage_source = is_final ? UsageSource::kReported : UsageSource::kEstimated;
  }
  const bool is_whole = call.outcome == Outcome::kOk && call.usage_source == UsageSource::kReported;
  if (is_whole || streamed == 0) return;
  chat::Usage& usage = call.usage;
  if (usage.prompt_tokens > 0 && usage.completion_tokens >= streamed) return;
  call.usage_source = UsageSource::kEstimated;
  if (usage.prompt_tokens == 0) {
    usage.prompt_tokens = std::max(tokens_of_bytes(prompt_bytes), report.reserve.prompt_tokens);
  }
  usage.completion_tokens = std::max(usage.completion_tokens, streamed);
  usage.total_tokens = usage.prompt_tokens + usage.completion_tokens;
}

bool was_free(const LegReport& report, Outcome outcome) {
  return outcome == Outcome::kError && report.error && is_free(*report.error);
}

prices::Costs costs_by_prices(const LegReport& report, const providers::Provider& provider, const CallRecord& call,
                              const Context& context) {
  const prices::Service service{.provider = provider.name,
                                .base = provider.base,
                                .model = report.served_model,
                                .asked = report.model,
                                .is_free = provider.kind->dialect == nullptr,
                                .has_other_prices = report.has_other_tier};
  return prices::costs_of(call.usage, service, report.call_started_ms, context.settings->prices.get());
}

void settle_cost(const LegReport& report, const providers::Provider& provider, const Context& context,
                 CallRecord& call) {
  const chat::Usage& usage = call.usage;
  const bool used_cache = usage.cached_tokens.value_or(0) > 0 || usage.cache_write_tokens.value_or(0) > 0;
  if (usage.reported_cost_pico_usd && !used_cache) {
    call.cost = usage.reported_cost_pico_usd;
  } else if (call.usage_source == UsageSource::kNone) {
    if (was_free(report, call.outcome)) call.cost = 0;
  } else {
    const prices::Costs costs = costs_by_prices(report, provider, call, context);
    call.cost = usage.reported_cost_pico_usd ? usage.reported_cost_pico_usd : costs.total;
    call.cache_saved = std::clamp(costs.cache_saved, -kCallCostPicoUsdMax, kCallCostPicoUsdMax);
  }
  if (call.cost) call.cost = std::min(*call.cost, kCallCostPicoUsdMax);
}

// The name under which the settings list a model of the provider; empty: they do not.
std::string listed_name(const providers::Provider& provider, std::string_view model) {
  for (const providers::Model& listed : provider.models) {
    if (listed.upstream == model) return listed.name;
  }
  return {};
}

}  // namespace

bool is_free(const Error& error) {
  return error.kind == ErrorKind::kUpstreamRefused || error.kind == ErrorKind::kUpstreamUnreachable;
}

int outcome_status(const LegReport& report) {
  if (report.cancelled) return kClientClosedRequest;
  return report.error ? status_of(*report.error) : 200;
}

std::string recorded_code(const Error& error) {
  const auto is_plain = [](char c) { return is_lower(c) || is_digit(c) || c == '_' || c == '-' || c == '.'; };
  const std::string code = dialects::reason_of(error);
  const bool is_code = code.size() <= kCodeBytesMax && std::all_of(code.begin(), code.end(), is_plain);
  return is_code ? code : error_row(error.kind).code;
}

void end_call(size_t leg, LegReport& report, const providers::Provider& provider, Outcome outcome, Context& context) {
  CallRecord& call = context.account.calls.emplace_back();
  call.model_asked = noted_name(context, report.name);
  call.model_served = noted_name(context, report.served_model);
  call.model_named = report.model_named;
  call.provider = provider.name;
  call.resource = provider.resource;
  call.outcome = outcome;
  if (outcome == Outcome::kError && report.error) call.error_code = recorded_code(*report.error);
  call.status = outcome_status(report);
  call.ended_ms = context.now_ms;
  // Pauses happen only after content, so only in the last call of a leg.
  const double total_ms = std::max(0.0, context.now_ms - report.call_started_ms - report.paused_ms);
  call.total_ms = static_cast<int64_t>(total_ms);
  if (report.first_token_ms != 0) {
    call.first_token_ms = static_cast<int64_t>(report.first_token_ms - report.call_started_ms);
    if (report.first_token_call == report.attempts) call.content_at_ms = report.first_token_ms;
  }
  call.overhead_ms = static_cast<int64_t>(report.call_started_ms - context.started_ms - report.calls_ms);
  call.attempt = report.attempts;
  call.leg = static_cast<int>(leg);
  if (context.account.legs > 1) {
    call.together.sent = noted_name(context, report.model);
    call.together.listed = listed_name(provider, report.model);
  }
  call.bytes_out = report.reply_bytes;
  call.reserved = report.reserve;
  call.reply_text = std::exchange(report.text, {});

  settle_usage(report, context.account.prompt_bytes, call);
  settle_cost(report, provider, context, call);
  report.calls_ms += total_ms;
  const bool is_sure = call.cost && call.usage_source != UsageSource::kEstimated;
  report.cost = is_sure ? sum_of_costs(report.cost, call.cost) : std::nullopt;
}

}  // namespace onellm::gateway
