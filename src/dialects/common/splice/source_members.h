// Finds the members of an object in its text, so that they can be cut or replaced there.
//
// Rule: Only the places of the keys are needed. Between one value and the next key are only white space and a comma.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "base/function_ref.h"
#include "chat/request.h"
#include "json/raw.h"

namespace onellm::dialects {

// `object` is the text of a valid object, with or without white space around it. `keys` are all its keys in order, as
// views into `object`.
[[nodiscard]] std::vector<chat::SourceMember> locate_members(std::string_view object,
                                                             const std::vector<json::RawString>& keys);

// The same if the keys are not known: reads the object again, from a copy.
[[nodiscard]] std::vector<chat::SourceMember> read_members(std::string_view object);

// The last member with that key that is not null; nullptr: none. If a key is given twice, the decoder used that
// one.
[[nodiscard]] const chat::SourceMember* what_counts(const std::vector<chat::SourceMember>& members,
                                                    std::string_view key);

// Calls `on_element` for each element for which `is_wanted` is true. `array` must be valid; elements are views into it.
void read_elements(std::string_view array, FunctionRef<bool(size_t index)> is_wanted,
                   FunctionRef<void(size_t index, std::string_view element)> on_element);

}  // namespace onellm::dialects
