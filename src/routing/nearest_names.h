// Suggestions for a name that nothing answers to.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace onellm::routing {

// At most `count` of `names`, the nearest to `wanted` first: those of which one begins with the other,
// then by edit distance; letters count alike in both cases. Equally near ones keep their order.
[[nodiscard]] std::vector<std::string> nearest_names(std::string_view wanted, const std::vector<std::string>& names,
                                                     size_t count);

}  // namespace onellm::routing
