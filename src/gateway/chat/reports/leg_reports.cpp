#include "gateway/chat/reports/leg_reports.h"

#include <algorithm>

#include "gateway/accounting/call_end.h"
#include "gateway/http/reply.h"
#include "gateway/keys/metering/reply_headers.h"
#include "gateway/upstream/retry_policy.h"

namespace onellm::gateway {

namespace {

template <typename Get>
std::string joined(const LegReports& reports, Get get) {
  std::string out;
  for (const LegReport* report : reports) {
    const std::string value = get(*report);
    if (value.empty()) continue;
    if (!out.empty()) out += ',';
    out += value;
  }
  return out;
}

// The names are a list in a header: what stands between them is encoded within them.
void append_name(std::string& out, std::string_view name) {
  for (const char c : name) {
    if (c == ',' || c == ' ') {
      out += c == ',' ? "%2C" : "%20";
    } else {
      out += c;
    }
  }
}

std::string dropped_of(const LegReport& report, bool with_name) {
  std::string out;
  for (const std::string& parameter : report.dropped) {
    if (!out.empty()) out += ',';
    if (with_name) out += report.name + ":";
    append_name(out, parameter);
  }
  return out;
}

std::optional<int64_t> since(double from_ms, double to_ms) {
  if (to_ms == 0 || from_ms == 0) return std::nullopt;
  return static_cast<int64_t>(to_ms - from_ms);
}

dialects::LegSummary summary_of(const LegReport& report, const dialects::ClientDialect& client, double now_ms) {
  const double ended_ms = report.ended_ms == 0 ? now_ms : report.ended_ms;
  const bool failed = report.error && !report.cancelled;
  return {.name = report.name,
          .provider = report.provider,
          .served_model = report.served_model,
          .status = failed ? client.status_for(*report.error) : outcome_status(report),
          .upstream_status = report.upstream_status,
          .finish = report.finish,
          .usage = report.usage ? &*report.usage : nullptr,
          .cost = total_cost({&report}, "null"),
          .ms_to_first_token = since(report.started_ms, report.first_token_ms),
          // The time of the provider: the time for which the gateway paused it is not included.
          .total_ms = since(report.started_ms, std::max(report.started_ms, ended_ms - report.paused_ms)),
          .attempts = report.attempts,
          .error = report.error ? &*report.error : nullptr};
}

std::vector<dialects::LegSummary> summaries_of(const LegReports& reports, const dialects::ClientDialect& client,
                                               double now_ms) {
  std::vector<dialects::LegSummary> legs;
  legs.reserve(reports.size());
  for (const LegReport* report : reports) legs.push_back(summary_of(*report, client, now_ms));
  return legs;
}

}  // namespace

void add_leg_headers(HeadWriter& head, const LegReports& reports, const Context& context) {
  const bool several = reports.size() > 1;
  head.add_list("x-onellm-provider", joined(reports, [](const LegReport& leg) { return leg.provider; }));
  head.add_list("x-onellm-model", joined(reports, [](const LegReport& leg) { return leg.model; }));
  head.add("x-onellm-attempts", joined(reports, [](const LegReport& leg) { return std::to_string(leg.attempts); }));
  head.add_if("x-onellm-upstream-status", joined(reports, [several](const LegReport& leg) {
                if (leg.upstream_status != 0) return std::to_string(leg.upstream_status);
                return std::string(several ? "-" : "");  // Keeps the position of the other values.
              }));
  head.add_list("x-onellm-dropped",
                joined(reports, [several](const LegReport& leg) { return dropped_of(leg, several); }));
  if (several) return;
  dialects::HeaderList passed = reports[0]->passed_headers;
  pass_rate_headers(context, passed);
  for (const auto& [name, value] : passed) head.add(name, value);
}

void add_retry_headers(HeadWriter& head, const LegReports& reports, double now_ms) {
  if (reports.size() == 1) return;  // They are among its passed headers.
  double longest_ms = 0;
  for (const LegReport* report : reports) {
    const RetryAdvice advice = read_advice(report->passed_headers, {}, now_ms);
    longest_ms = std::max(longest_ms, advice.wait_ms);
  }
  if (longest_ms <= 0) return;
  add_retry_after(head, longest_ms);
}

std::string legs_member(const LegReports& reports, const dialects::ClientDialect& client, double now_ms) {
  return client.legs_member(summaries_of(reports, client, now_ms));
}

Error common_error(const LegReports& reports, const dialects::ClientDialect& client) {
  const auto error_of = [](const LegReport* report) {
    return report->error.value_or(Error{.kind = ErrorKind::kInternal, .message = report->name + " gave no answer"});
  };
  Error first = error_of(reports[0]);
  if (reports.size() == 1) return first;

  Error all{.kind = ErrorKind::kUpstreamRefused, .message = "No model answered."};
  all.status = status_of(first);
  all.code = code_of(first);
  all.fault = first.fault == Fault::kOverload ? Fault::kOverload : Fault::kByStatus;
  for (const LegReport* report : reports) {
    const Error error = error_of(report);
    if (status_of(error) != all.status) all.status = 502;
    if (code_of(error) != all.code) all.code = "all_models_failed";
    if (error.fault != Fault::kOverload) all.fault = Fault::kByStatus;
    all.message += " " + report->name + ": " + error.message;
  }
  all.extra = client.failed_legs_member(summaries_of(reports, client, 0));
  return all;
}

std::string total_cost(const LegReports& reports, std::string_view unknown_word) {
  std::optional<prices::PicoUsd> sum = 0;
  for (const LegReport* report : reports) sum = sum_of_costs(sum, report->cost);
  return sum ? prices::format_usd(*sum) : std::string(unknown_word);
}

}  // namespace onellm::gateway
