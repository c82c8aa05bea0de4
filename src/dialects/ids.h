// The ids of all dialects. A dialect writes raw data of another dialect nowhere; the ids tell them apart.
#pragma once

#include "chat/dialect_id.h"

namespace onellm::dialects {

inline constexpr chat::DialectId kOpenaiChat{1};
inline constexpr chat::DialectId kOpenaiResponses{2};
inline constexpr chat::DialectId kAnthropicMessages{3};
inline constexpr chat::DialectId kGemini{4};
inline constexpr chat::DialectId kPalm{5};
// Free for a dialect that only tests have.
inline constexpr chat::DialectId kTestDialect{255};

}  // namespace onellm::dialects
