#include "gateway/chat/reports/leg_reports.h"

#include <algorithm>
#include <cmath>

#include "gateway/accounting/call_end.h"
#include "gateway/upstream/retry_policy.h"
#include "json/writer.h"

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

std::string dropped_of(const LegReport& report, bool with_name) {
  std::string out;
  for (const std::string& parameter : report.dropped) {
    if (!out.empty()) out += ',';
    if (with_name) out += report.name + ":";
    out += parameter;
  }
  return out;
}

void write_usage(std::string& out, const chat::Usage& usage) {
  json::ObjectWriter object(out);
  object.add("prompt_tokens", usage.prompt_tokens);
  object.add("completion_tokens", usage.completion_tokens);
  object.add("total_tokens", usage.total_tokens);
  if (usage.cached_tokens) object.add("cached_tokens", *usage.cached_tokens);
  if (usage.cache_write_tokens) object.add("cache_write_tokens", *usage.cache_write_tokens);
  if (usage.reasoning_tokens) object.add("reasoning_tokens", *usage.reasoning_tokens);
}

void write_error(std::string& out, const Error& error) {
  json::ObjectWriter object(out);
  object.add_plain("message", error.message);
  object.add_plain("type", type_of(error));
  const std::string code = code_of(error);
  if (code.empty()) {
    object.add_null("code");
  } else {
    object.add_plain("code", code);
  }
}

void add_since(json::ObjectWriter& object, std::string_view key, double from_ms, double to_ms) {
  if (to_ms == 0 || from_ms == 0) return object.add_null(key);
  object.add(key, static_cast<int64_t>(to_ms - from_ms));
}

void write_leg(std::string& out, const LegReport& report, double now_ms) {
  json::ObjectWriter leg(out);
  leg.add_plain("model", report.name);
  leg.add_plain("provider", report.provider);
  leg.add_plain("served_model", report.served_model);
  leg.add("status", static_cast<int64_t>(outcome_status(report)));
  if (report.upstream_status == 0) {
    leg.add_null("upstream_status");
  } else {
    leg.add("upstream_status", static_cast<int64_t>(report.upstream_status));
  }
  if (report.finish && !report.error) {
    leg.add_plain("finish_reason", chat::to_string(*report.finish));
  } else if (report.error) {
    leg.add_plain("finish_reason", "error");
  } else {
    leg.add_null("finish_reason");
  }
  if (report.usage) {
    write_usage(leg.begin("usage"), *report.usage);
  } else {
    leg.add_null("usage");
  }
  leg.begin("cost") += total_cost({&report}, "null");
  add_since(leg, "ms_to_first_token", report.started_ms, report.first_token_ms);
  // The time of the provider: the time for which the gateway paused it is not included.
  const double ended_ms = report.ended_ms == 0 ? now_ms : report.ended_ms;
  add_since(leg, "total_ms", report.started_ms, std::max(report.started_ms, ended_ms - report.paused_ms));
  leg.add("attempts", static_cast<int64_t>(report.attempts));
  if (report.error) write_error(leg.begin("error"), *report.error);
}

void write_legs(std::string& out, const LegReports& reports, double now_ms) {
  json::ArrayWriter legs(out);
  for (const LegReport* report : reports) write_leg(legs.next(), *report, now_ms);
}

}  // namespace

void add_leg_headers(HeadWriter& head, const LegReports& reports) {
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
  for (const auto& [name, value] : reports[0]->passed_headers) head.add(name, value);
}

void add_retry_headers(HeadWriter& head, const LegReports& reports, double now_ms) {
  if (reports.size() == 1) return;  // They are among its passed headers.
  double longest_ms = 0;
  for (const LegReport* report : reports) {
    const RetryAdvice advice = read_advice(report->passed_headers, {}, now_ms);
    longest_ms = std::max(longest_ms, advice.wait_ms);
  }
  if (longest_ms <= 0) return;
  const auto whole_ms = static_cast<int64_t>(std::ceil(longest_ms));
  head.add("retry-after", std::to_string((whole_ms + 999) / 1000));
  head.add("retry-after-ms", std::to_string(whole_ms));
}

std::string legs_member(const LegReports& reports, double now_ms) {
  std::string member = "\"onellm\":";
  {
    json::ObjectWriter object(member);
    write_legs(object.begin("legs"), reports, now_ms);
  }
  return member;
}

Error common_error(const LegReports& reports) {
  const auto error_of = [](const LegReport* report) {
    return report->error.value_or(Error{.kind = ErrorKind::kInternal, .message = report->name + " gave no answer"});
  };
  Error first = error_of(reports[0]);
  if (reports.size() == 1) return first;

  Error all{.kind = ErrorKind::kUpstreamRefused, .message = "No model answered."};
  all.status = status_of(first);
  all.code = code_of(first);
  for (const LegReport* report : reports) {
    const Error error = error_of(report);
    if (status_of(error) != all.status) all.status = 502;
    if (code_of(error) != all.code) all.code = "all_models_failed";
    all.message += " " + report->name + ": " + error.message;
  }
  all.extra = "\"legs\":";
  write_legs(all.extra, reports, 0);
  return all;
}

std::string total_cost(const LegReports& reports, std::string_view unknown_word) {
  std::optional<prices::PicoUsd> sum = 0;
  for (const LegReport* report : reports) sum = sum_of_costs(sum, report->cost);
  return sum ? prices::format_usd(*sum) : std::string(unknown_word);
}

}  // namespace onellm::gateway
