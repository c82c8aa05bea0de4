// What a key has spent since the start of the day, the week and the month, and its view of itself.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "keys/limiter/state.h"
#include "keys/record/record.h"

namespace onellm::keys {

// Of the current day, week (from Monday) and month in UTC.
struct RecentSpend {
  PicoUsd day = 0;
  PicoUsd week = 0;
  PicoUsd month = 0;
};

// The hours from this one on belong to one of the three.
[[nodiscard]] int64_t first_recent_hour(int64_t now_ms);
// `hours` in any order; others than recent ones are ignored.
[[nodiscard]] RecentSpend recent_spend(std::span<const HourSpend> hours, int64_t now_ms);

// What a limiter or the ledger knows of a key.
struct OwnUsage {
  int64_t version = 0;  // Of the record that the limiter knows; 0: it knows none.
  PicoUsd spent = 0;    // In the window of the budget.
  int64_t window_start_ms = 0;
  PicoUsd reserved = 0;
  PicoUsd total = 0;
  PicoUsd day = 0;
  PicoUsd week = 0;
  PicoUsd month = 0;

  template <typename Visit, typename Self>
  static void visit_members(Visit& visit, Self& self) {
    visit.number("version", self.version);
    visit.money("spent", self.spent);
    visit.number("window_start_ms", self.window_start_ms);
    visit.money("reserved", self.reserved);
    visit.money("total", self.total);
    visit.money("day", self.day);
    visit.money("week", self.week);
    visit.money("month", self.month);
  }
};

// Appends the body of GET /v1/key. Money is written as numbers, with all digits. No usage: nobody knows what the key
// has spent, so it is null; this is so only for keys without a budget.
void write_own_view(std::string& out, const Record& record, const std::optional<OwnUsage>& usage, int64_t now_ms);
// Its member `data` alone.
void write_own_data(std::string& out, const Record& record, const std::optional<OwnUsage>& usage, int64_t now_ms);

}  // namespace onellm::keys
