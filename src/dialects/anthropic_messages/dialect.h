// Anthropic's Messages API, the dialect of Claude.
// https://docs.claude.com/en/api/messages
#pragma once

#include "dialects/dialect.h"

namespace onellm::dialects {

// Lives as long as the program; has no state.
[[nodiscard]] const Dialect& anthropic_messages();

}  // namespace onellm::dialects
