// What the limiter knows of the record of its key.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "keys/record/record.h"

namespace onellm::keys {

struct Limits {
  int64_t version = 0;      // Of the record; 0: nothing is known.
  bool is_deleted = false;  // The key was deleted with this version.
  std::optional<PicoUsd> max_budget = {};
  std::string budget_duration = {};
  std::optional<int64_t> rpm_limit = {};
  std::optional<int64_t> tpm_limit = {};
  std::optional<int64_t> max_parallel_requests = {};
  int64_t created_ms = 0;
  Spend spend = {};

  template <typename Visit, typename Self>
  static void visit_members(Visit& visit, Self& self) {
    visit.number("version", self.version);
    visit.flag("is_deleted", self.is_deleted);
    visit.money("max_budget", self.max_budget);
    visit.text("budget_duration", self.budget_duration);
    visit.number("rpm_limit", self.rpm_limit);
    visit.number("tpm_limit", self.tpm_limit);
    visit.number("max_parallel_requests", self.max_parallel_requests);
    visit.number("created_ms", self.created_ms);
    visit.object("spend", self.spend);
  }
};

[[nodiscard]] inline Limits limits_of(const Record& record) {
  return {.version = record.version,
          .max_budget = record.max_budget,
          .budget_duration = record.budget_duration,
          .rpm_limit = record.rpm_limit,
          .tpm_limit = record.tpm_limit,
          .max_parallel_requests = record.max_parallel_requests,
          .created_ms = record.created_ms,
          .spend = record.spend};
}

}  // namespace onellm::keys
