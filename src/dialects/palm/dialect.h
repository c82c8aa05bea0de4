// Google's PaLM, the two methods that served chat before Gemini: `generateMessage` and `generateText`. It
// has no streams, no tools, no images and no counts of tokens; and Google has shut it down, so that what
// is here speaks with hosts that imitate it, and tells everybody else what to do.
// https://developers.generativeai.google/api/rest/generativelanguage/models (retired)
#pragma once

#include "dialects/dialect.h"

namespace onellm::dialects::palm {

// Lives as long as the program; has no state.
[[nodiscard]] const Dialect& dialect();

}  // namespace onellm::dialects::palm
