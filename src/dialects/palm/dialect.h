// The dialect of Google's PaLM, which served chat before Gemini with two methods: `generateMessage` and `generateText`.
// PaLM has no streams, tools, images or token counts. Google has shut it down, so this dialect is for hosts that
// imitate PaLM; for Google itself the error message names a replacement.
// https://developers.generativeai.google/api/rest/generativelanguage/models (retired)
#pragma once

#include "dialects/dialect.h"

namespace onellm::dialects::palm {

// Lives as long as the program; has no state.
[[nodiscard]] const Dialect& dialect();

}  // namespace onellm::dialects::palm
