#include "gateway/accounting/together/together.h"

#include <algorithm>
#include <tuple>

namespace onellm::gateway {

namespace {

bool is_same_target(const CallRecord& one, const CallRecord& other) {
  return one.leg == other.leg && one.provider == other.provider && one.together.sent == other.together.sent;
}

// Orders calls with content by its time. Of calls in the same millisecond one that came to its end is first, so that
// the winner of a race is.
bool came_before(const CallRecord& one, const CallRecord& other) {
  const auto place = [](const CallRecord& call) {
    return std::tuple(call.content_at_ms == 0, call.content_at_ms, call.outcome != Outcome::kOk, call.leg);
  };
  return place(one) < place(other);
}

}  // namespace

void compare_legs(std::vector<CallRecord>& calls) {
  for (auto call = calls.begin(); call != calls.end(); ++call) {
    if (call->attempt == 0) continue;
    const auto is_repeated = [&](const CallRecord& later) { return is_same_target(later, *call); };
    call->together.is_counted = std::none_of(call + 1, calls.end(), is_repeated);
  }
  const auto first = std::min_element(calls.begin(), calls.end(), came_before);
  if (first == calls.end() || first->content_at_ms == 0) return;
  // The leg may have gone on with another call, which stands for the model.
  for (CallRecord& call : calls) {
    call.together.was_first = call.together.is_counted && is_same_target(call, *first);
  }
}

}  // namespace onellm::gateway
