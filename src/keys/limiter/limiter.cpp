#include "keys/limiter/limiter.h"

#include <algorithm>
#include <utility>

#include "base/time/calendar.h"
#include "keys/amounts.h"
#include "keys/window.h"

namespace onellm::keys {

namespace {

// An alarm that is so late does not come any more. One that is so far ahead was set by another clock.
constexpr int64_t kAlarmLostMs = 60'000;

void change_bucket(Bucket& bucket, const std::optional<int64_t>& before, const std::optional<int64_t>& after,
                   int64_t now_ms) {
  if (!after) return;
  if (!before) {
    bucket = full_bucket(*after, now_ms);
  } else if (*before != *after) {
    refill(bucket, *before, now_ms);
    change_limit(bucket, *before, *after);
  }
}

}  // namespace

Limiter::Limiter(State& state, std::vector<Row> rows, int64_t now_ms, bool has_more) : state_(state), now_ms_(now_ms) {
  held_.reserve(rows.size() + 1);
  std::sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) { return a.due_ms < b.due_ms; });
  for (Row& row : rows) held_.push_back({.row = std::move(row)});
  const bool is_lost = state_.wake_ms < now_ms - kAlarmLostMs || state_.wake_ms > now_ms + kKeyLeaseMs + kAlarmLostMs;
  if (state_.wake_ms != 0 && is_lost) {
    state_.wake_ms = 0;
    wish_to_wake(now_ms);
  }
  end_due_rows();
  if (!has_more) roll_window(now_ms);
}

void Limiter::set_limits(const Limits& limits) {
  if (limits.version <= state_.limits.version) return;
  if (limits.is_deleted) {
    state_ = State{.limits = {.version = limits.version, .is_deleted = true}};
    held_.clear();
    changes_ = {.clears_all = true};
    return;
  }
  const Limits before = std::exchange(state_.limits, limits);
  change_bucket(state_.requests, before.rpm_limit, limits.rpm_limit, now_ms_);
  change_bucket(state_.tokens, before.tpm_limit, limits.tpm_limit, now_ms_);
  if (limits.spend.version > before.spend.version) {
    state_.window_start_ms = limits.spend.window_start_ms;
    state_.spent = state_.reported = limits.spend.amount;
    state_.reported_window = ++state_.window;
  }
  roll_window(now_ms_);
}

bool Limiter::renew(std::string_view id) {
  Held* const held = find(id);
  if (held == nullptr || held->row.phase != Phase::kOpen) return false;
  held->row.due_ms = now_ms_ + kKeyLeaseMs;
  held->is_changed = true;
  return true;
}

void Limiter::settle(std::string_view id, const Used& used) {
  if (state_.limits.is_deleted) return;
  Held* const held = find(id);
  if (held == nullptr) return remember(id);
  const Row& row = held->row;
  const PicoUsd money = std::clamp<PicoUsd>(used.money, 0, kKeyBudgetMax);
  switch (row.phase) {
    case Phase::kOpen: book(money, now_ms_ / kHourMs, state_.window); break;
    case Phase::kExpired: book(money - row.money, row.hour, row.window); break;
    case Phase::kSettled: return;
  }
  take_tokens(std::clamp<int64_t>(used.tokens, 0, kTokensMax) - row.tokens);
  end(*held, Phase::kSettled);
}

std::optional<Spend> Limiter::wake() {
  state_.wake_ms = 0;
  changes_.wake_ms.reset();
  if (state_.open > 0) wish_to_wake(now_ms_ + kKeyLeaseMs);
  if (!has_news()) return std::nullopt;
  wish_to_wake(now_ms_ + kKeyReportMs);  // If this report does not arrive.
  state_.reported_ms = now_ms_;
  return Spend{
      .version = state_.limits.spend.version, .amount = state_.spent, .window_start_ms = state_.window_start_ms};
}

void Limiter::reported(const Spend& spend) {
  if (spend.version != state_.limits.spend.version || spend.window_start_ms != state_.window_start_ms) return;
  state_.reported_window = state_.window;
  state_.reported = spend.amount;
}

Changes Limiter::take_changes() {
  for (Held& held : held_) {
    if (held.is_forgotten) {
      changes_.forgotten.push_back(std::move(held.row.id));
    } else if (held.is_changed) {
      changes_.rows.push_back(std::move(held.row));
    }
  }
  held_.clear();
  changes_.oldest_ended = std::max<int64_t>(0, state_.ended - kKeySettledMax);
  state_.ended -= changes_.oldest_ended;
  return std::exchange(changes_, {});
}

Limiter::Held* Limiter::find(std::string_view id) {
  const auto found = std::find_if(held_.begin(), held_.end(),
                                  [id](const Held& held) { return !held.is_forgotten && held.row.id == id; });
  return found == held_.end() ? nullptr : &*found;
}

// Begins the window with `time_ms` if the last one has ended before. The registry knows that such a window begins with
// nothing spent.
void Limiter::roll_window(int64_t time_ms) {
  const Limits& limits = state_.limits;
  const Duration duration = read_duration(limits.budget_duration).value_or(Duration{});
  if (time_ms < window_end(duration, limits.created_ms, state_.window_start_ms)) return;
  state_.window_start_ms = window_start(duration, limits.created_ms, time_ms);
  state_.reported_window = ++state_.window;
  state_.spent = state_.reported = 0;
}

void Limiter::end_due_rows() {
  for (Held& held : held_) {
    Row& row = held.row;
    if (row.due_ms > now_ms_) return;
    if (row.phase != Phase::kOpen) {
      held.is_forgotten = true;
      --state_.ended;
      continue;
    }
    roll_window(row.due_ms);
    row.hour = row.due_ms / kHourMs;
    row.window = state_.window;
    book(row.money, row.hour, row.window);
    end(held, Phase::kExpired);
  }
}

// Ends a request whose money is booked.
void Limiter::end(Held& held, Phase phase) {
  if (held.row.phase == Phase::kOpen) {
    state_.reserved -= held.row.money;
    --state_.open;
    ++state_.ended;
  }
  held.row.phase = phase;
  held.row.due_ms = now_ms_ + kKeySettledMs;
  held.is_changed = true;
}

// A request that ends before it was admitted. Its admit, if it still comes, is void, so it has used nothing.
void Limiter::remember(std::string_view id) {
  held_.push_back({.row = {.id = std::string(id), .phase = Phase::kSettled, .due_ms = now_ms_ + kKeySettledMs},
                   .is_changed = true});
  ++state_.ended;
}

// Adds spend, or corrects it if `money` is negative, in the hour and the window where it happened.
void Limiter::book(PicoUsd money, int64_t hour, int64_t window) {
  if (money == 0) return;
  state_.total = plus(state_.total, money);
  if (window == state_.window) state_.spent = plus(state_.spent, money);
  auto& hours = changes_.hours;
  const auto found =
      std::find_if(hours.begin(), hours.end(), [hour](const HourSpend& one) { return one.hour == hour; });
  if (found == hours.end()) {
    hours.push_back({.hour = hour, .money = money});
  } else {
    found->money = plus(found->money, money);
  }
  if (hour > state_.last_hour) {
    state_.last_hour = hour;
    changes_.first_hour = hour - kKeyHoursMax + 1;
  }
  if (has_news()) {
    wish_to_wake(std::clamp(state_.reported_ms + kKeyReportMs, now_ms_, now_ms_ + kKeyReportMs));
  }
}

void Limiter::take_tokens(int64_t tokens) {
  if (!state_.limits.tpm_limit) return;
  refill(state_.tokens, *state_.limits.tpm_limit, now_ms_);
  take(state_.tokens, *state_.limits.tpm_limit, tokens);
}

void Limiter::refill_buckets() {
  if (state_.limits.rpm_limit) refill(state_.requests, *state_.limits.rpm_limit, now_ms_);
  if (state_.limits.tpm_limit) refill(state_.tokens, *state_.limits.tpm_limit, now_ms_);
}

bool Limiter::has_news() const { return state_.window != state_.reported_window || state_.spent != state_.reported; }

// Sets the alarm, unless it rings before that anyway.
void Limiter::wish_to_wake(int64_t time_ms) {
  if (state_.wake_ms != 0 && state_.wake_ms <= time_ms) return;
  state_.wake_ms = time_ms;
  changes_.wake_ms = time_ms;
}

}  // namespace onellm::keys
