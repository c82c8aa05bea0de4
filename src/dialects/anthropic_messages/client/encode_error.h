// Encodes errors in Anthropic's format.
// https://docs.claude.com/en/api/errors
//
// Rule: the type follows from the status, because clients choose by either of them.
#pragma once

#include <string>
#include <string_view>

#include "base/error.h"

namespace onellm::dialects::anthropic_messages {

// The HTTP status for a client of this dialect. Its own statuses are 402 (no money) and 529 (overloaded).
[[nodiscard]] int status_for(const Error& error);

// Anthropic's type of an error with this status.
[[nodiscard]] std::string_view type_for(int status);

// Appends {"type":"error","error":{"type","message"},"request_id"}. The error's extra members stand inside `error`.
void encode_error(const Error& error, std::string_view request_id, std::string& out);

// Appends the event that ends a stream which failed.
void encode_error_event(const Error& error, std::string_view request_id, std::string& out);

}  // namespace onellm::dialects::anthropic_messages
