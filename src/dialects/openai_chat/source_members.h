// Finds where the members of an object stand in its text, for cutting and replacing them there.
//
// Rests on one fact: between the value of one member and the key of the next there is nothing but
// white space and a comma. So the places of the keys, noted while the object was read, give all.
#pragma once

#include <string_view>
#include <vector>

#include "chat/request.h"
#include "json/raw.h"

namespace onellm::dialects {

// `object` is the text of an object that has been read through and found valid, with white space
// around it or without; `keys` are all its keys in order, views into `object`.
[[nodiscard]] std::vector<chat::SourceMember> locate_members(std::string_view object,
                                                             const std::vector<json::RawString>& keys);

}  // namespace onellm::dialects
