// Reads values that a request keeps raw: parameters and schemas that only some providers need in parts.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/function_ref.h"
#include "chat/request.h"
#include "json/raw.h"
#include "json/reader.h"

namespace onellm::dialects {

// Calls `read` with the value. What it slices ends with the call: the value is read from a copy.
void read_raw(json::Raw raw, FunctionRef<void(json::Value& value)> read);

// The inside of a raw string; empty if it is none.
[[nodiscard]] json::RawString text_of(json::Raw raw);

// Requires an integer in range, as the decoder of requests has checked it.
[[nodiscard]] int64_t integer_of(json::Raw raw);

// The value of a key that OpenAI does not have, or an empty slice.
[[nodiscard]] json::Raw unknown_parameter(const chat::Request& request, std::string_view name);

// The first `count` elements of an array, as an array; empty where it has no more than those.
[[nodiscard]] std::string first_elements(json::Raw array, size_t count);

// True where the parameter asks for nothing that a provider without it does not do anyway, like
// `"logprobs":false`: leaving it out changes nothing and need not be told.
[[nodiscard]] bool asks_for_nothing(const chat::Parameter& parameter);

}  // namespace onellm::dialects
