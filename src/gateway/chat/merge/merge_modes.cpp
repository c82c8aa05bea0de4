#include "gateway/chat/merge/merge_modes.h"

namespace onellm::gateway {

std::optional<chat::Usage> total_usage(const MergeHost& host, size_t leg_count) {
  std::optional<chat::Usage> total;
  for (size_t leg = 0; leg < leg_count; ++leg) {
    const std::optional<chat::Usage>& usage = host.leg_report(leg).usage;
    if (!usage) continue;
    if (!total) total.emplace();
    total->add(*usage);
  }
  return total;
}

}  // namespace onellm::gateway
