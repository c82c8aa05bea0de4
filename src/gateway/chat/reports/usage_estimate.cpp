#include "gateway/chat/reports/usage_estimate.h"

namespace onellm::gateway {

int64_t tokens_of_bytes(int64_t bytes) {
  constexpr int64_t kBytesOfToken = 4;  // Of English text.
  return (bytes + kBytesOfToken - 1) / kBytesOfToken;
}

void add_unreported(const LegReports& reports, int64_t prompt_tokens, chat::Usage& sum) {
  for (const LegReport* report : reports) {
    if (report->usage || report->content_bytes == 0) continue;
    chat::Usage estimate;
    estimate.prompt_tokens = prompt_tokens;
    estimate.completion_tokens = tokens_of_bytes(report->content_bytes);
    estimate.total_tokens = estimate.prompt_tokens + estimate.completion_tokens;
    sum.add(estimate);
  }
}

}  // namespace onellm::gateway
