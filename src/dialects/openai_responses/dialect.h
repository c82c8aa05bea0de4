// The dialect of OpenAI's Responses API, only towards providers. Some requests work only there, for example tools with
// reasoning. The client still sees Chat Completions.
// https://platform.openai.com/docs/api-reference/responses
#pragma once

#include "dialects/dialect.h"

namespace onellm::dialects::openai_responses {

// Lives as long as the program; has no state.
[[nodiscard]] const Dialect& dialect();

}  // namespace onellm::dialects::openai_responses
