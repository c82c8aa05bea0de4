// The dialect of Google's Gemini in the Developer API: `generateContent` and `streamGenerateContent`.
// https://ai.google.dev/api/generate-content
#pragma once

#include "dialects/dialect.h"

namespace onellm::dialects::gemini {

// Lives as long as the program; has no state.
[[nodiscard]] const Dialect& dialect();

}  // namespace onellm::dialects::gemini
