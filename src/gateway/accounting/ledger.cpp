#include "gateway/accounting/ledger.h"

#include <algorithm>
#include <utility>

#include "base/limits.h"
#include "base/text.h"
#include "json/writer.h"

namespace onellm::gateway {

namespace {

constexpr double kHourMs = 3'600'000;
constexpr std::string_view kOther = "(other)";

std::string_view cut(std::string_view name) { return utf8_prefix(name, kLedgerNameBytesMax); }

// The model for the row. Empty if no provider confirmed that it has this model: a name that a client invents must not
// become a row. A complete answer also confirms the model.
std::string_view model_of(const CallRecord& call) {
  const bool is_known = call.model_named || (call.outcome == Outcome::kOk && call.attempt > 0);
  return is_known ? cut(call.model_served) : std::string_view();
}

void add_outcome(UsageSums& sums, const CallRecord& call) {
  if (call.attempt > 0) sums.add(Sum::kCalls, 1);
  switch (call.outcome) {
    case Outcome::kOk: break;
    case Outcome::kError: sums.add(Sum::kErrors, 1); break;
    case Outcome::kClientGone:
    case Outcome::kLost: sums.add(Sum::kCancelled, 1); break;
    case Outcome::kRefused: sums.add(Sum::kRefused, 1); break;
  }
}

// Limits an amount. A provider may report any number, and an impossible one would make sums overflow, which SQLite
// refuses.
void add_bounded(UsageSums& sums, Sum sum, int64_t amount, int64_t max) {
  sums.add(sum, std::clamp(amount, int64_t{0}, max));
}

void add_usage(UsageSums& sums, const CallRecord& call) {
  const chat::Usage& usage = call.usage;
  const std::pair<Sum, int64_t> tokens[] = {{Sum::kPromptTokens, usage.prompt_tokens},
                                            {Sum::kCompletionTokens, usage.completion_tokens},
                                            {Sum::kCachedTokens, usage.cached_tokens.value_or(0)},
                                            {Sum::kCacheWriteTokens, usage.cache_write_tokens.value_or(0)},
                                            {Sum::kReasoningTokens, usage.reasoning_tokens.value_or(0)},
                                            {Sum::kWebSearches, usage.web_search_requests.value_or(0)}};
  for (const auto& [sum, amount] : tokens) add_bounded(sums, sum, amount, kTokensMax);
  sums.add(Sum::kCostPicoUsd, call.cost.value_or(0));
  if (!call.cost && call.usage_source != UsageSource::kNone) sums.add(Sum::kUnpricedCalls, 1);
  if (call.usage_source == UsageSource::kEstimated) sums.add(Sum::kEstimatedCalls, 1);
}

void add_times(const CallRecord& call, PageSums& sums, Latencies& latencies) {
  if (call.content_at_ms == 0) return;
  latencies.add(call.first_token_ms);
  const int64_t ms = call.total_ms - call.first_token_ms;
  if (ms <= 0 || call.usage.completion_tokens <= 0) return;  // A whole reply comes at once.
  sums.add(PageSum::kTimedTokens, std::min(call.usage.completion_tokens, kTokensMax));
  sums.add(PageSum::kTimedMs, ms);
}

void write_row(json::ObjectWriter& object, const UsageSums& sums, const PageSums& page_sums,
               const Latencies& latencies) {
  for (size_t i = 0; i < kSumsCount; ++i) {
    if (sums.values[i] != 0) object.add(kSumNames[i], sums.values[i]);
  }
  for (size_t i = 0; i < kPageSumsCount; ++i) {
    if (page_sums.values[i] != 0) object.add(kPageSumNames[i], page_sums.values[i]);
  }
  if (!latencies.has_any()) return;
  json::ArrayWriter buckets(object.begin("latencies"));
  for (size_t i = 0; i < kLatencyBuckets; ++i) {
    if (latencies.counts[i] == 0) continue;
    json::ArrayWriter bucket(buckets.next());
    json::append_integer(bucket.next(), static_cast<int64_t>(i));
    json::append_integer(bucket.next(), latencies.counts[i]);
  }
}

}  // namespace

std::optional<uint32_t> Ledger::add(const CallRecord& call, double now_ms) {
  Row& row = row_of(call, model_of(call));
  row.last_ms = std::max(row.last_ms, static_cast<int64_t>(call.ended_ms));
  UsageSums& sums = row.sums;
  if (call.first) sums.add(Sum::kRequests, 1);
  add_outcome(sums, call);
  add_usage(sums, call);
  sums.add(Sum::kTotalMs, call.total_ms);
  row.page_sums.add(PageSum::kCacheSavedPicoUsd, call.cache_saved);
  add_times(call, row.page_sums, row.latencies);
  if (call.legs > 1 && call.attempt > 0) add_together(call);
  ++calls_;
  return wanted_flush(now_ms);
}

// A call that failed may have no model (model_of()). How it compares with others goes to the row of the model that the
// provider is known to serve for that name, while its sums stay in the row without a model.
void Ledger::add_together(const CallRecord& call) {
  Row& row = row_of(call, confirmed_.model_of(call, model_of(call)));
  row.last_ms = std::max(row.last_ms, static_cast<int64_t>(call.ended_ms));
  PageSums& sums = row.page_sums;
  if (call.together.is_counted) sums.add(PageSum::kTogetherCalls, 1);
  if (call.together.was_first) sums.add(PageSum::kTogetherFirst, 1);
  if (call.together.is_counted && call.outcome == Outcome::kError) sums.add(PageSum::kTogetherFailed, 1);
  sums.add(PageSum::kTogetherCostPicoUsd, call.cost.value_or(0));
}

Ledger::Row& Ledger::row_of(const CallRecord& call, std::string_view model) {
  const auto hour = static_cast<int64_t>(call.ended_ms / kHourMs);
  Names names{.key = cut(call.key_id), .model = model, .provider = cut(call.provider)};
  Row* row = find(hour, names);
  if (row == nullptr && rows_.size() >= kLedgerRowsMax) {
    names.model = names.provider = kOther;
    if (rows_.size() >= kLedgerRowsMax + kLedgerKeysMax) names.key = kOther;
    row = find(hour, names);
  }
  if (row != nullptr) return *row;
  last_row_ = rows_.size();
  rows_.push_back({.hour = hour,
                   .key = std::string(names.key),
                   .model = std::string(names.model),
                   .provider = std::string(names.provider),
                   .sums = {},
                   .page_sums = {},
                   .latencies = {}});
  return rows_.back();
}

Ledger::Row* Ledger::find(int64_t hour, const Names& names) {
  const auto is_it = [&](const Row& row) {
    return row.model == names.model && row.provider == names.provider && row.key == names.key && row.hour == hour;
  };
  if (last_row_ < rows_.size() && is_it(rows_[last_row_])) return &rows_[last_row_];
  for (size_t i = 0; i < rows_.size(); ++i) {
    if (!is_it(rows_[i])) continue;
    last_row_ = i;
    return &rows_[i];
  }
  return nullptr;
}

// Decides when the next flush is wanted. A timed flush covers every call that comes before it, also when an immediate
// flush has already taken some of them. An overdue flush is not waited for: the request that promised it may be gone.
std::optional<uint32_t> Ledger::wanted_flush(double now_ms) {
  const bool is_overdue = timed_for_ms_ != 0 && now_ms > timed_for_ms_ + kLedgerOverdueMs;
  if (is_overdue) timed_for_ms_ = 0;
  if (is_overdue || calls_ >= kLedgerFlushCalls) {
    const bool is_coming = asked_now_ms_ != 0 && now_ms <= asked_now_ms_ + kLedgerOverdueMs;
    if (is_coming) return std::nullopt;
    asked_now_ms_ = now_ms;
    return 0;
  }
  if (timed_for_ms_ != 0) return std::nullopt;
  timed_for_ms_ = now_ms + kLedgerFlushMs;
  return kLedgerFlushMs;
}

std::string Ledger::take(bool timed, uint32_t keep_days) {
  if (timed) timed_for_ms_ = 0;
  asked_now_ms_ = 0;
  calls_ = 0;
  const std::vector<Row> rows = std::exchange(rows_, {});
  if (rows.empty()) return {};
  std::string out;
  {
    json::ObjectWriter batch(out);
    batch.add("keep_hours", int64_t{keep_days} * 24);
    batch.add("rows_max", static_cast<int64_t>(kLedgerObjectRowsMax));
    batch.add("hour_rows_max", static_cast<int64_t>(kLedgerHourRowsMax));
    batch.add("day_rows_max", static_cast<int64_t>(kLedgerDayRowsMax));
    batch.add("all_day_rows_max", static_cast<int64_t>(kLedgerAllDayRowsMax));
    batch.add("sessions_max", static_cast<int64_t>(kLedgerObjectSessionsMax));
    batch.add("key_sessions_max", static_cast<int64_t>(kLedgerKeySessionsMax));
    sessions_.take(batch);
    json::ArrayWriter array(batch.begin("rows"));
    for (const Row& row : rows) {
      json::ObjectWriter object(array.next());
      object.add("hour", row.hour);
      object.add_plain("key", row.key);
      object.add_plain("model", row.model);
      object.add_plain("provider", row.provider);
      object.add("last_ms", row.last_ms);
      write_row(object, row.sums, row.page_sums, row.latencies);
    }
  }
  return out;
}

}  // namespace onellm::gateway
