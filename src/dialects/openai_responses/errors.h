// Translates errors of the Responses API into those of Chat Completions. The format is the same; some words differ.
// https://platform.openai.com/docs/api-reference/responses-streaming/error
#pragma once

#include <string_view>

#include "base/error.h"
#include "dialects/openai_responses/reply/event.h"

namespace onellm::dialects::openai_responses {

// Decodes a reply with an error status and any body.
[[nodiscard]] Error decode_error(int status, std::string_view body);

// Decodes the error in a response of status 200: the `error` of a kFailed or kError event, or of a whole reply. The
// result's status is the one that the error stands for, else 502.
[[nodiscard]] Error decode_failure(const Event& event);

// Decodes a body of status 200 that is no response: JSON with an error of another shape, or no JSON.
[[nodiscard]] Error decode_foreign_failure(std::string_view text);

}  // namespace onellm::dialects::openai_responses
