// Reads errors in OpenAI's format and in the other formats that hosts send. client/encode_error.h writes them.
// https://platform.openai.com/docs/guides/error-codes
//
// Rule: OpenAI's type, param and code are kept unchanged, null included. Of other formats the known fields are read.
// No error made here holds a credential.
#pragma once

#include <string>
#include <string_view>

#include "base/error.h"
#include "json/raw.h"

namespace onellm::dialects::openai_chat {

// Decodes a reply with an error status and any body: an error object, alone or in an array, with its members at the
// top or below `error`; a text; an HTML page; or nothing. Gives a kUpstreamRefused.
[[nodiscard]] Error decode_error(int status, std::string_view body);

// Decodes the value of the key `error` in a stream of status 200: an object or a text. The result's status is the one
// that the error names or stands for, else 502.
[[nodiscard]] Error decode_stream_error(json::Raw error);

}  // namespace onellm::dialects::openai_chat
