// What the ledger knows of one key over all time: the sum of its costs, and when it was used last.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "keys/usage.h"

namespace onellm::gateway {

struct KeyTotals {
  prices::PicoUsd money = 0;
  int64_t last_ms = 0;                      // When its last call ended; 0: there was none.
  std::vector<keys::HourSpend> hours = {};  // The costs of recent hours (keys/usage.h).

  template <typename Visit, typename Self>
  static void visit_members(Visit& visit, Self& self) {
    visit.money("money", self.money);
    visit.number("last_ms", self.last_ms);
    visit.objects("hours", self.hours);
  }
};

// The argument of the method `totals` of the ledger object (worker/objects/ledger/ledger.js).
[[nodiscard]] std::string totals_query(std::string_view key, int64_t now_ms);

// Reads its result. Nothing if it is malformed.
[[nodiscard]] std::optional<KeyTotals> read_totals(std::string_view reply);

}  // namespace onellm::gateway
