// Anthropic's Messages API, the dialect of Claude.
// https://docs.claude.com/en/api/messages
#pragma once

#include "dialects/dialect.h"

namespace onellm::dialects::anthropic_messages {

// Lives as long as the program; has no state.
[[nodiscard]] const Dialect& dialect();

}  // namespace onellm::dialects::anthropic_messages
