// Adds up calls by hour, key, model and provider until the shim takes the rows to the ledger object
// (worker/objects/ledger/ledger.js). A flush is such a transfer.
//
// There is one ledger for each WebAssembly instance. If the instance or its isolate dies, its rows are lost: at most
// the calls of the last kLedgerFlushMs, or the last kLedgerFlushCalls calls, or all calls since the object failed.
//
// Rule: A client cannot create rows at will. A model that no provider has named gets its own row only if it answered
// completely. Beyond a maximum number of rows, all further ones share one row.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/accounting/call_record.h"
#include "gateway/accounting/sessions/session_sums.h"
#include "gateway/accounting/together/confirmed_models.h"
#include "gateway/usage/dashboard/page_sums.h"
#include "gateway/usage/latencies.h"
#include "gateway/usage/sums.h"

namespace onellm::gateway {

class Ledger {
 public:
  // Adds a call. Returns the milliseconds after which take() must be called; 0: now. Nothing if a flush was already
  // asked for.
  [[nodiscard]] std::optional<uint32_t> add(const CallRecord& call, double now_ms);

  // Adds a request to its session, beside its calls (sessions/session_sums.h).
  void add_session(const SessionRequest& request) { sessions_.add(request); }

  // Returns the rows since the last call, as JSON for worker/objects/ledger/ledger.js; empty: no rows. `timed`: this
  // flush was asked for by an add() that returned more than 0.
  [[nodiscard]] std::string take(bool timed, uint32_t keep_days);

 private:
  struct Row {
    int64_t hour;  // Since 1970.
    std::string key;
    std::string model;
    std::string provider;
    int64_t last_ms = 0;  // When the last of its calls ended.
    UsageSums sums;
    PageSums page_sums;
    Latencies latencies;  // Times to the first content.
  };

  struct Names {
    std::string_view key;
    std::string_view model;
    std::string_view provider;
  };

  [[nodiscard]] Row& row_of(const CallRecord& call, std::string_view model);
  void add_together(const CallRecord& call);
  [[nodiscard]] Row* find(int64_t hour, const Names& names);
  [[nodiscard]] std::optional<uint32_t> wanted_flush(double now_ms);

  std::vector<Row> rows_;
  SessionSums sessions_;
  ConfirmedModels confirmed_;
  size_t last_row_ = 0;      // The row of the last call: the next call often belongs there too.
  uint32_t calls_ = 0;       // Calls in `rows_`.
  double timed_for_ms_ = 0;  // When the promised timed flush is due; 0: none was promised.
  double asked_now_ms_ = 0;  // When an immediate flush was asked for that has not come yet; 0: none.
};

}  // namespace onellm::gateway
