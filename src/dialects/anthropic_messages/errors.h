// Maps errors of the Messages API to OpenAI's statuses, types and codes.
// https://docs.claude.com/en/api/errors
#pragma once

#include <string_view>

#include "base/error.h"

namespace onellm::dialects::anthropic_messages {

// Decodes a reply that has an error status. The body may be anything: Anthropic's JSON, another host's, HTML or
// nothing. `model` is the provider's name of the requested model. If the provider does not know the model, the
// message suggests a current model of the same family.
[[nodiscard]] Error decode_error(int status, std::string_view body, std::string_view model);

// Decodes an error in a stream or body whose HTTP status was 200. The status of the result follows from the error's
// type.
[[nodiscard]] Error decode_stream_error(std::string_view body, std::string_view model);

}  // namespace onellm::dialects::anthropic_messages
