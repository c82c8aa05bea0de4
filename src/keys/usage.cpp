#include "keys/usage.h"

#include <algorithm>

#include "base/time/calendar.h"
#include "base/time/rfc3339.h"
#include "json/writer.h"
#include "keys/amounts.h"
#include "keys/window.h"

namespace onellm::keys {

namespace {

using Kind = Duration::Kind;

int64_t first_hour(Kind kind, int64_t now_ms) { return window_start({.kind = kind}, 0, now_ms) / kHourMs; }

void add_dollars(json::ObjectWriter& out, std::string_view name, const std::optional<PicoUsd>& amount) {
  if (!amount) return out.add_null(name);
  out.add(name, json::Raw{prices::format_usd(std::max<PicoUsd>(0, *amount))});
}

void add_number(json::ObjectWriter& out, std::string_view name, const std::optional<int64_t>& number) {
  if (!number) return out.add_null(name);
  out.add(name, *number);
}

void add_time(json::ObjectWriter& out, std::string_view name, const std::optional<int64_t>& ms) {
  if (!ms) return out.add_null(name);
  out.add_plain(name, format_rfc3339_ms(*ms));
}

std::optional<int64_t> next_reset(const Record& record, int64_t now_ms) {
  const Duration duration = read_duration(record.budget_duration).value_or(Duration{});
  const int64_t end_ms = window_end(duration, record.created_ms, now_ms);
  return end_ms == kNever ? std::nullopt : std::optional(end_ms);
}

}  // namespace

int64_t first_recent_hour(int64_t now_ms) {
  return std::min(first_hour(Kind::kWeek, now_ms), first_hour(Kind::kMonth, now_ms));
}

RecentSpend recent_spend(std::span<const HourSpend> hours, int64_t now_ms) {
  const int64_t day = first_hour(Kind::kDay, now_ms);
  const int64_t week = first_hour(Kind::kWeek, now_ms);
  const int64_t month = first_hour(Kind::kMonth, now_ms);
  RecentSpend sums;
  for (const HourSpend& one : hours) {
    if (one.hour >= day) sums.day = plus(sums.day, one.money);
    if (one.hour >= week) sums.week = plus(sums.week, one.money);
    if (one.hour >= month) sums.month = plus(sums.month, one.money);
  }
  return sums;
}

void write_own_view(std::string& out, const Record& record, const std::optional<OwnUsage>& usage, int64_t now_ms) {
  json::ObjectWriter body(out);
  write_own_data(body.begin("data"), record, usage, now_ms);
}

void write_own_data(std::string& out, const Record& record, const std::optional<OwnUsage>& usage, int64_t now_ms) {
  const auto spent = [&](PicoUsd OwnUsage::*amount) { return usage ? std::optional((*usage).*amount) : std::nullopt; };
  const std::optional<PicoUsd> in_window = spent(&OwnUsage::spent);
  json::ObjectWriter data(out);
  data.add_plain("label", record.alias.value_or(record.id));
  add_dollars(data, "limit", record.max_budget);
  const bool is_known = record.max_budget && in_window;
  add_dollars(data, "limit_remaining", is_known ? std::optional(*record.max_budget - *in_window) : std::nullopt);
  add_time(data, "limit_reset", next_reset(record, now_ms));
  add_dollars(data, "usage", spent(&OwnUsage::total));
  add_dollars(data, "usage_daily", spent(&OwnUsage::day));
  add_dollars(data, "usage_weekly", spent(&OwnUsage::week));
  add_dollars(data, "usage_monthly", spent(&OwnUsage::month));
  add_time(data, "expires_at", record.expires_ms);
  {
    json::ArrayWriter models(data.begin("models"));
    for (const std::string& pattern : record.models) json::quote_to(models.next(), pattern);
  }
  add_number(data, "rpm_limit", record.rpm_limit);
  add_number(data, "tpm_limit", record.tpm_limit);
  add_number(data, "max_parallel_requests", record.max_parallel_requests);
}

}  // namespace onellm::keys
