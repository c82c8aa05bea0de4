// Adds a member to the end of a request that is an object.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/rope.h"

namespace onellm::dialects {

// `body` is the JSON of an object that has members.
void add_last_member(Rope& body, std::string_view name, int64_t value);

}  // namespace onellm::dialects
