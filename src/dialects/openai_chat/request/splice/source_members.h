// Finds where the members of an object stand in its text, for cutting and replacing them there.
//
// Rests on one fact: between the value of one member and the key of the next there is nothing but
// white space and a comma. So the places of the keys, noted while the object was read, give all.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "base/function_ref.h"
#include "chat/request.h"
#include "json/raw.h"

namespace onellm::dialects::openai_chat {

// `object` is the text of an object that has been read through and found valid, with white space
// around it or without; `keys` are all its keys in order, views into `object`.
[[nodiscard]] std::vector<chat::SourceMember> locate_members(std::string_view object,
                                                             const std::vector<json::RawString>& keys);

// The same for an object of which the keys were not noted: it is read again, from a copy.
[[nodiscard]] std::vector<chat::SourceMember> read_members(std::string_view object);

// The member of that key that was read, where it is given twice: the last one, of those that are not null.
[[nodiscard]] const chat::SourceMember* what_counts(const std::vector<chat::SourceMember>& members,
                                                    std::string_view key);

// Calls with each element that `is_wanted` of an array that has been found valid, as it stands in `array`.
void read_elements(std::string_view array, FunctionRef<bool(size_t index)> is_wanted,
                   FunctionRef<void(size_t index, std::string_view element)> on_element);

}  // namespace onellm::dialects::openai_chat
