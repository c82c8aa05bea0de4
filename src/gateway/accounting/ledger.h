// Calls added up by hour, key, model and provider, until the shim takes the rows to the ledger object
// (worker/ledger.js). One for each WebAssembly instance: what it holds is lost if the instance or its isolate
// dies, which is at most what came within kLedgerFlushMs or kLedgerFlushCalls, or since the object failed.
//
// Rule: A client cannot make rows at will. A model that no provider has named has
// no row of its own unless it answered to the end, and beyond a number of rows all others are one.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/accounting/call_record.h"
#include "gateway/usage/sums.h"

namespace onellm::gateway {

class Ledger {
 public:
  // Adds a call. Gives in how many milliseconds take() has to be called, 0: now. Nothing where somebody has been
  // told already.
  [[nodiscard]] std::optional<uint32_t> add(const CallRecord& call, double now_ms);

  // The rows since the last call, as the JSON that worker/ledger.js adds; empty: none. `timed`: this is the
  // call for which add() gave a time other than now.
  [[nodiscard]] std::string take(bool timed, uint32_t keep_days);

 private:
  struct Row {
    int64_t hour;  // Since 1970.
    std::string key;
    std::string model;
    std::string provider;
    UsageSums sums;
  };

  struct Names {
    std::string_view key;
    std::string_view model;
    std::string_view provider;
  };

  [[nodiscard]] UsageSums& sums_of(const CallRecord& call);
  [[nodiscard]] Row* find(int64_t hour, const Names& names);
  [[nodiscard]] std::optional<uint32_t> wanted_flush(double now_ms);

  std::vector<Row> rows_;
  size_t last_row_ = 0;      // Where the last call went: the next one often goes there too.
  uint32_t calls_ = 0;       // In `rows_`.
  double timed_for_ms_ = 0;  // When a timed flush is due that was promised; 0: none was.
  double asked_now_ms_ = 0;  // When one at once was asked for that has not come yet; 0: none was.
};

}  // namespace onellm::gateway
