// The dialect of Anthropic's Messages API (Claude): its encoder and decoders behind the interface Dialect.
// https://docs.claude.com/en/api/messages
#pragma once

#include "dialects/dialect.h"

namespace onellm::dialects::anthropic_messages {

// Lives as long as the program; has no state.
[[nodiscard]] const Dialect& dialect();

}  // namespace onellm::dialects::anthropic_messages
