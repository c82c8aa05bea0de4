#include "keys/record/record.h"

#include "keys/window.h"

namespace onellm::keys {

PicoUsd spend_at(const Record& record, int64_t now_ms) {
  const Duration duration = read_duration(record.budget_duration).value_or(Duration{});
  const bool has_ended = now_ms >= window_end(duration, record.created_ms, record.spend.window_start_ms);
  return has_ended ? 0 : record.spend.amount;
}

}  // namespace onellm::keys
