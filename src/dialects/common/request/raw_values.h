// Reads values that a request keeps as raw JSON: parameters and schemas that only some providers need to look into.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/function_ref.h"
#include "chat/request.h"
#include "json/raw.h"
#include "json/reader.h"

namespace onellm::dialects {

// Calls `read` with the value. The value is a copy, so slices of it are valid only during the call.
void read_raw(json::Raw raw, FunctionRef<void(json::Value& value)> read);

// The content of a raw JSON string, without quotes; empty if it is no string.
[[nodiscard]] json::RawString text_of(json::Raw raw);

// Requires an integer in range. The request decoder has checked that.
[[nodiscard]] int64_t integer_of(json::Raw raw);

// The value of a parameter that OpenAI does not have; empty if it is not there.
[[nodiscard]] json::Raw unknown_parameter(const chat::Request& request, std::string_view name);

// The first `count` elements, as an array. Empty if the array has no more than `count`, so that nothing must change.
[[nodiscard]] std::string first_elements(json::Raw array, size_t count);

// True if the parameter only asks for the default, as `"logprobs":false` does. It can be left out without a report.
[[nodiscard]] bool asks_for_nothing(const chat::Parameter& parameter);

}  // namespace onellm::dialects
