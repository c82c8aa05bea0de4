// OpenAI's Responses API, towards providers only: where Chat Completions refuses tools together with
// reasoning, the request goes there, and the client sees chat all the same.
// https://platform.openai.com/docs/api-reference/responses
#pragma once

#include "dialects/dialect.h"

namespace onellm::dialects::openai_responses {

// Lives as long as the program; has no state.
[[nodiscard]] const Dialect& dialect();

}  // namespace onellm::dialects::openai_responses
