// Reads a whole document that has to be one object, as a setting that lists things by name is.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/function_ref.h"
#include "json/buffer.h"
#include "json/reader.h"

namespace onellm::json {

// Calls for each member with its place, from 1. Gives what is wrong with the document, for people; empty: nothing.
// Members that came before the wrong place were called for.
[[nodiscard]] std::string_view read_object(const Buffer& document,
                                           FunctionRef<void(size_t place, RawString key, Value& value)> on_member);

// The same for a setting that lists models: calls for each with its name, trimmed. False where the document is of no
// use. What is wrong with it, or with a name, is added to `problems`.
[[nodiscard]] bool read_models(std::string_view document, std::vector<std::string>& problems,
                               FunctionRef<void(const std::string& name, Value& value)> on_model);

}  // namespace onellm::json
