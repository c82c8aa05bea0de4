// Errors of the Responses API, in the words of Chat Completions: OpenAI's own format, but some of its
// words are other ones there.
// https://platform.openai.com/docs/api-reference/responses-streaming/error
#pragma once

#include <string_view>

#include "base/error.h"
#include "dialects/openai_responses/reply/event.h"

namespace onellm::dialects::openai_responses {

// A reply with an error status and any body.
[[nodiscard]] Error decode_error(int status, std::string_view body);

// What a response of status 200 failed of: the `error` of a kFailed or kError, or of a whole reply. The
// status of the result is what the error means, else 502.
[[nodiscard]] Error decode_failure(const Event& event);

// A text of status 200 that is no response: JSON with an error in another shape, or no JSON at all.
[[nodiscard]] Error decode_foreign_failure(std::string_view text);

}  // namespace onellm::dialects::openai_responses
