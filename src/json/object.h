// Reads a whole document that must be one object, such as a setting that lists things by name.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/function_ref.h"
#include "json/buffer.h"
#include "json/reader.h"

namespace onellm::json {

// Calls `on_member` for each member with its place, counted from 1. Returns what is wrong with the document, as text
// for people; empty if it is correct. Members before the error have been passed to `on_member`.
[[nodiscard]] std::string_view read_object(const Buffer& document,
                                           FunctionRef<void(size_t place, RawString key, Value& value)> on_member);

// The same for a setting that lists models: calls `on_model` for each with its trimmed name. Errors of the document and
// of names are added to `problems`. False if the document is no JSON object: then the caller must not use it.
[[nodiscard]] bool read_models(std::string_view document, std::vector<std::string>& problems,
                               FunctionRef<void(const std::string& name, Value& value)> on_model);

}  // namespace onellm::json
