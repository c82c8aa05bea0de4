// Stores what a limiter stores, in memory, as the object does (worker/objects/limiter.js).
#pragma once

#include <algorithm>
#include <map>

#include "keys/limiter/limiter.h"

namespace onellm::keys {

class Store {
  template <typename Use>
  auto decide(int64_t now_ms, const std::string& id, bool has_more, Use use) {
    std::vector<Row> given = due_rows(true, now_ms);
    const std::vector<Row> ended = due_rows(false, now_ms);
    given.insert(given.end(), ended.begin(), ended.end());
    const auto is_it = [&id](const Row& row) { return row.id == id; };
    const bool is_given = std::any_of(given.begin(), given.end(), is_it);
    if (const auto own = rows.find(id); own != rows.end() && !is_given) given.push_back(own->second);
    Limiter limiter(state, std::move(given), now_ms, has_more);
    auto result = use(limiter);
    carry_out(limiter.take_changes());
    return result;
  }

  // Those that are due; of open ones the first.
  [[nodiscard]] std::vector<Row> due_rows(bool is_open, int64_t now_ms) const {
    std::vector<Row> due;
    for (const auto& [name, row] : rows) {
      if ((row.phase == Phase::kOpen) == is_open && row.due_ms <= now_ms) due.push_back(row);
    }
    std::stable_sort(due.begin(), due.end(), [](const Row& a, const Row& b) { return a.due_ms < b.due_ms; });
    if (is_open) due.resize(std::min(due.size(), due_rows_max));
    return due;
  }

 public:
  State state = {};
  std::map<std::string, Row> rows = {};
  std::map<int64_t, PicoUsd> hours = {};
  int64_t alarm_ms = 0;
  size_t due_rows_max = 50;  // Open ones that a decision gets.

  // Calls `use` with the limiter at that time, and stores what changes. `id`: the request that the call is about.
  template <typename Use>
  auto call(int64_t now_ms, const std::string& id, Use use) {
    // As many as one decision gets: there may be more.
    while (due_rows(true, now_ms).size() == due_rows_max) {
      decide(now_ms, "", true, [](Limiter&) { return 0; });
    }
    return decide(now_ms, id, false, use);
  }

  Admission admit(int64_t now_ms, const Ask& ask) {
    return call(now_ms, ask.id, [&](Limiter& limiter) { return limiter.admit(ask); });
  }
  void settle(int64_t now_ms, const std::string& id, PicoUsd money, int64_t tokens = 0) {
    call(now_ms, id, [&](Limiter& limiter) {
      limiter.settle(id, {.money = money, .tokens = tokens});
      return 0;
    });
  }
  bool renew(int64_t now_ms, const std::string& id) {
    return call(now_ms, id, [&](Limiter& limiter) { return limiter.renew(id); });
  }
  void set_limits(int64_t now_ms, const Limits& limits) {
    call(now_ms, "", [&](Limiter& limiter) {
      limiter.set_limits(limits);
      return 0;
    });
  }
  std::optional<Spend> wake(int64_t now_ms) {
    return call(now_ms, "", [&](Limiter& limiter) { return limiter.wake(); });
  }
  // Any call ends leases and windows.
  void touch(int64_t now_ms) {
    call(now_ms, "", [](Limiter&) { return 0; });
  }

 private:
  void carry_out(const Changes& changes) {
    if (changes.clears_all) rows.clear(), hours.clear();
    for (const std::string& id : changes.forgotten) rows.erase(id);
    for (const Row& row : changes.rows) rows[row.id] = row;
    for (int64_t count = changes.oldest_ended; count > 0; --count) erase_oldest_ended();
    for (const HourSpend& one : changes.hours) hours[one.hour] += one.money;
    if (changes.first_hour) hours.erase(hours.begin(), hours.lower_bound(*changes.first_hour));
    if (changes.wake_ms) alarm_ms = *changes.wake_ms;
  }

  void erase_oldest_ended() {
    auto oldest = rows.end();
    for (auto row = rows.begin(); row != rows.end(); ++row) {
      if (row->second.phase == Phase::kOpen) continue;
      if (oldest == rows.end() || row->second.due_ms < oldest->second.due_ms) oldest = row;
    }
    rows.erase(oldest);
  }
};

}  // namespace onellm::keys
