// Errors in OpenAI's format, and in the many that hosts send in its place.
// https://platform.openai.com/docs/guides/error-codes
//
// What OpenAI itself says is kept to the letter: type, param and code, null where they were null. The
// words of others are read as far as they go. Nothing leaves here that looks like a credential.
#pragma once

#include <string>
#include <string_view>

#include "base/error.h"
#include "json/raw.h"

namespace onellm::dialects::openai_chat {

// A reply with an error status and any body: an error object, alone or in an array, with its members
// at the top or below `error`; a text; a page of HTML; or nothing. Gives a kUpstreamRefused.
[[nodiscard]] Error decode_error(int status, std::string_view body);

// The value of the key `error` in a stream whose status was 200: an object or a text. The status of the
// result is what the error itself says or means, else 502.
[[nodiscard]] Error decode_stream_error(json::Raw error);

// Appends {"error":{"message","type","param","code"}}, all four, and the error's extra members.
void encode_error(const Error& error, std::string& out);

}  // namespace onellm::dialects::openai_chat
