// The record of a key: what the registry stores of it. visit_members lists what is stored (keys/flat.h).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "prices/money.h"

namespace onellm::keys {

using prices::PicoUsd;

// What a key has spent in a window.
struct Spend {
  // The version of the record that set this figure: its creation, a changed budget_duration, an import. The limiter
  // adds to it and reports the sum with the same version. So a report from before the figure was set is recognised.
  int64_t version = 0;
  PicoUsd amount = 0;
  int64_t window_start_ms = 0;

  template <typename Visit, typename Self>
  static void visit_members(Visit& visit, Self& self) {
    visit.number("version", self.version);
    visit.money("amount", self.amount);
    visit.number("window_start_ms", self.window_start_ms);
  }
};

struct Record {
  std::string id = {};
  int64_t version = 0;  // Grows with every change, over all keys.
  std::optional<std::string> alias = {};
  std::vector<std::string> models = {};  // Patterns (keys/models.h). Empty: all models.
  std::optional<PicoUsd> max_budget = {};
  std::string budget_duration = {};  // As written (keys/window.h). Empty: endless.
  std::optional<int64_t> rpm_limit = {};
  std::optional<int64_t> tpm_limit = {};
  std::optional<int64_t> max_parallel_requests = {};
  std::optional<int64_t> expires_ms = {};
  bool blocked = false;
  std::string metadata = "{}";  // An object of strings, as JSON without white space.
  int64_t created_ms = 0;

  std::string hash = {};      // SHA-256 of the secret.
  std::string old_hash = {};  // Of the secret before the last rotation, which is valid until old_until_ms. Or empty.
  int64_t old_until_ms = 0;

  Spend spend = {};

  template <typename Visit, typename Self>
  static void visit_members(Visit& visit, Self& self) {
    visit.text("id", self.id);
    visit.number("version", self.version);
    visit.text("alias", self.alias);
    visit.texts("models", self.models);
    visit.money("max_budget", self.max_budget);
    visit.text("budget_duration", self.budget_duration);
    visit.number("rpm_limit", self.rpm_limit);
    visit.number("tpm_limit", self.tpm_limit);
    visit.number("max_parallel_requests", self.max_parallel_requests);
    visit.number("expires_ms", self.expires_ms);
    visit.flag("blocked", self.blocked);
    visit.text("metadata", self.metadata);
    visit.number("created_ms", self.created_ms);
    visit.text("hash", self.hash);
    visit.text("old_hash", self.old_hash);
    visit.number("old_until_ms", self.old_until_ms);
    visit.object("spend", self.spend);
  }
};

// True if the key needs a limiter.
[[nodiscard]] inline bool has_limits(const Record& record) {
  return record.max_budget || record.rpm_limit || record.tpm_limit || record.max_parallel_requests;
}

// The spend of the window with `now_ms`.
[[nodiscard]] PicoUsd spend_at(const Record& record, int64_t now_ms);

}  // namespace onellm::keys
