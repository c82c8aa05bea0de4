// How a record is shown to administrators, exported, and stored.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "keys/record/record.h"

namespace onellm::keys {

// What other parts know about a key.
struct Seen {
  std::string secret = {};                  // Only in the reply that makes it, as "key".
  std::optional<PicoUsd> spend = {};        // From the limiter; empty: the last report to the registry.
  std::optional<PicoUsd> spend_total = {};  // From the ledger; empty: null.
  std::optional<int64_t> last_used_ms = {};
};

// Appends the record as the admin routes show it: without any hash.
void write_record(std::string& out, const Record& record, const Seen& seen, int64_t now_ms);

// Appends the record as an export has it: with the hashes of its secrets and the window of its spend.
void write_exported(std::string& out, const Record& record, int64_t now_ms);

// The record as the registry stores it, and back. False if `text` is no such record.
[[nodiscard]] std::string to_stored(const Record& record);
[[nodiscard]] bool from_stored(std::string_view text, Record& record);

}  // namespace onellm::keys
