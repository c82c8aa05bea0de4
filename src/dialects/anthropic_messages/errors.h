// Errors of the Messages API, put into OpenAI's words.
// https://docs.claude.com/en/api/errors
#pragma once

#include <string_view>

#include "base/error.h"

namespace onellm::dialects::anthropic_messages {

// A reply with an error status and any body: Anthropic's own, another host's, HTML or nothing. `model` is
// what was asked for, by the provider's name: where the provider has no such model, the message names a
// current one of its kind.
[[nodiscard]] Error decode_error(int status, std::string_view body, std::string_view model);

// An error in a stream or a body whose status was 200. The status of the result is what it means.
[[nodiscard]] Error decode_stream_error(std::string_view body, std::string_view model);

}  // namespace onellm::dialects::anthropic_messages
