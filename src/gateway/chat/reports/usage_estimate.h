// Estimates the usage of legs whose provider reported none, for a client that gets one sum for all of them.
#pragma once

#include <cstdint>

#include "chat/usage.h"
#include "gateway/chat/reports/leg_reports.h"

namespace onellm::gateway {

// The tokens of a text of an answer with this many bytes. A guess: the text itself is not kept.
[[nodiscard]] int64_t tokens_of_bytes(int64_t bytes);

// Adds to `sum` the legs that answered and reported no usage. `prompt_tokens`: the estimate for one of them.
void add_unreported(const LegReports& reports, int64_t prompt_tokens, chat::Usage& sum);

}  // namespace onellm::gateway
