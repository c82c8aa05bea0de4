#include "gateway/chat/merge/merge_modes.h"

#include "dialects/openai_chat/dialect.h"

namespace onellm::gateway {

std::string error_member(const Error& error) {
  Error with_status = error;
  with_status.extra += (error.extra.empty() ? "" : ",") + ("\"status\":" + std::to_string(status_of(error)));
  std::string whole;
  dialects::openai_chat::dialect().encode_error(with_status, whole);
  return whole.substr(1, whole.size() - 2);  // Without the braces around `"error":{…}`.
}

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
