// Encodes errors in OpenAI's format.
// https://platform.openai.com/docs/guides/error-codes
#pragma once

#include <string>

#include "base/error.h"

namespace onellm::dialects::openai_chat {

// Appends {"error":{"message","type","param","code"}}, always all four, and the error's extra members.
void encode_error(const Error& error, std::string& out);

// Appends the error as an event, and the end mark.
void encode_error_events(const Error& error, std::string& out);

// The raw member `"error":{…}` with the status beside the other keys, for the choice of a failed leg.
[[nodiscard]] std::string choice_error_member(const Error& error);

}  // namespace onellm::dialects::openai_chat
