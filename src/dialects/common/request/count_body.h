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

// The object `body` with only those of its members that are in `names`, between `before` and `after`. `before` ends
// with the bracket of an object or with a member of it. Long values are not copied. Requires that `body` is valid JSON.
[[nodiscard]] Rope only_members(Rope body, std::span<const std::string_view> names, std::string before,
                                std::string after);

// The integer in that member of a reply; nullopt if there is none, or it is negative.
[[nodiscard]] std::optional<int64_t> read_count(std::string_view reply, std::string_view name);

}  // namespace onellm::dialects
