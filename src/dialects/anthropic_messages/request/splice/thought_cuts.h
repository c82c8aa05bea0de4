// Cuts thoughts (the blocks `thinking` and `redacted_thinking`) out of the text of a conversation. All other bytes
// stay. A message without another block is cut too, because the API accepts no empty content.
#pragma once

#include <cstdint>
#include <string_view>

#include "dialects/common/splice/source_splice.h"

namespace onellm::dialects::anthropic_messages {

enum class Thoughts : uint8_t {
  kForeign,  // Those in an envelope of the gateway: they are another provider's (common/reasoning/envelope.h).
  kAll,
};

// False only if the text has no envelope.
[[nodiscard]] bool may_have_foreign_thoughts(std::string_view text);

// `messages` is the value of that member, a view into the source of `splice`. A value of another form stays as it is.
// Returns true if something was cut.
[[nodiscard]] bool cut_thoughts(std::string_view messages, Thoughts which, SourceSplice& splice);

}  // namespace onellm::dialects::anthropic_messages
