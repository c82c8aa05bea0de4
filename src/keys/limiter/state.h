// What the limiter of a key stores: one State, a Row for each request, and the spend of each hour.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "keys/bucket.h"
#include "keys/record/limits.h"

namespace onellm::keys {

struct State {
  Limits limits = {};
  Bucket requests = {};  // Of rpm_limit. Without meaning where there is no limit.
  Bucket tokens = {};    // Of tpm_limit.

  int64_t window = 0;  // Counts windows, and every other time that the spend is set anew.
  int64_t window_start_ms = 0;
  PicoUsd spent = 0;     // In this window.
  PicoUsd reserved = 0;  // By open requests.
  PicoUsd total = 0;     // Spent since the key exists.

  int64_t open = 0;       // Rows of open requests.
  int64_t ended = 0;      // Rows of requests that have ended.
  int64_t last_hour = 0;  // The latest hour with spend.

  int64_t wake_ms = 0;  // When an alarm is set; 0: none.
  // The last report to the registry.
  int64_t reported_ms = 0;
  int64_t reported_window = 0;
  PicoUsd reported = 0;

  template <typename Visit, typename Self>
  static void visit_members(Visit& visit, Self& self) {
    visit.object("limits", self.limits);
    visit.object("requests", self.requests);
    visit.object("tokens", self.tokens);
    visit.number("window", self.window);
    visit.number("window_start_ms", self.window_start_ms);
    visit.money("spent", self.spent);
    visit.money("reserved", self.reserved);
    visit.money("total", self.total);
    visit.number("open", self.open);
    visit.number("ended", self.ended);
    visit.number("last_hour", self.last_hour);
    visit.number("wake_ms", self.wake_ms);
    visit.number("reported_ms", self.reported_ms);
    visit.number("reported_window", self.reported_window);
    visit.money("reported", self.reported);
  }
};

enum class Phase : uint8_t {
  kOpen,     // Money and tokens are reserved.
  kExpired,  // Its lease ended. The reservation was booked as spend, until it is settled all the same.
  kSettled,  // Final. Remembered so that a second settle changes nothing, and a late admit is refused.
};
inline constexpr std::string_view kPhaseNames[] = {"open", "expired", "settled"};

struct Row {
  std::string id = {};  // Of the request.
  Phase phase = Phase::kOpen;
  PicoUsd money = 0;  // Reserved, or booked.
  int64_t tokens = 0;
  int64_t due_ms = 0;  // When the lease ends, or the row may be forgotten.
  int64_t hour = 0;    // kExpired: where its money was booked.
  int64_t window = 0;

  template <typename Visit, typename Self>
  static void visit_members(Visit& visit, Self& self) {
    visit.text("id", self.id);
    visit.word("phase", self.phase, kPhaseNames);
    visit.money("money", self.money);
    visit.number("tokens", self.tokens);
    visit.number("due_ms", self.due_ms);
    visit.number("hour", self.hour);
    visit.number("window", self.window);
  }
};

struct HourSpend {
  int64_t hour = 0;  // Since 1970.
  PicoUsd money = 0;

  template <typename Visit, typename Self>
  static void visit_members(Visit& visit, Self& self) {
    visit.number("hour", self.hour);
    visit.money("money", self.money);
  }
};

// What a call changes besides the State. To be carried out in this order, in one transaction.
struct Changes {
  bool clears_all = false;                  // Delete all rows and hours.
  std::vector<std::string> forgotten = {};  // Delete these rows.
  std::vector<Row> rows = {};               // Insert or replace these rows.
  int64_t oldest_ended = 0;                 // Delete so many rows that are not open: those that are due first.
  std::vector<HourSpend> hours = {};        // Add these amounts, which may be negative, to their hours.
  std::optional<int64_t> first_hour = {};   // Delete the hours before this one.
  std::optional<int64_t> wake_ms = {};      // Set the alarm to this time.

  template <typename Visit, typename Self>
  static void visit_members(Visit& visit, Self& self) {
    visit.flag("clears_all", self.clears_all);
    visit.texts("forgotten", self.forgotten);
    visit.objects("rows", self.rows);
    visit.number("oldest_ended", self.oldest_ended);
    visit.objects("hours", self.hours);
    visit.number("first_hour", self.first_hour);
    visit.number("wake_ms", self.wake_ms);
  }
};

}  // namespace onellm::keys
