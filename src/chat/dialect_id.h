// Says which wire format a piece of raw data is in.
//
// Rule: chat/ and gateway/ only compare these ids. Their values stand in dialects/ids.h.
#pragma once

#include <cstdint>

namespace onellm::chat {

enum class DialectId : uint8_t { kNone = 0 };

}  // namespace onellm::chat
