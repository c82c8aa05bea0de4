// Reads a whole document that has to be one object, as a setting that lists things by name is.
#pragma once

#include <cstddef>
#include <string_view>

#include "base/function_ref.h"
#include "json/buffer.h"
#include "json/reader.h"

namespace onellm::json {

// Calls for each member with its place, from 1. Gives what is wrong with the document, for people; empty: nothing.
// Members that came before the wrong place were called for.
[[nodiscard]] std::string_view read_object(const Buffer& document,
                                           FunctionRef<void(size_t place, RawString key, Value& value)> on_member);

}  // namespace onellm::json
