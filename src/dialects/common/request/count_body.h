// Makes a request that only counts tokens of an encoded one: the endpoints for that refuse the members that concern the
// answer.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/rope.h"

namespace onellm::dialects {

// The members of an encoded request that are in `names`, as raw members.
[[nodiscard]] std::string members_of(const Rope& body, std::span<const std::string_view> names);

// The integer in that member of a reply; nullopt if there is none, or it is negative.
[[nodiscard]] std::optional<int64_t> read_count(std::string_view reply, std::string_view name);

}  // namespace onellm::dialects
