// Suggestions for an unknown name.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace onellm::routing {

// At most `count` of `names`, the nearest to `wanted` first. Names that begin with `wanted`, or the reverse, come
// first; then the edit distance decides. Letter case is ignored. Equally near names keep their order.
[[nodiscard]] std::vector<std::string> nearest_names(std::string_view wanted, const std::vector<std::string>& names,
                                                     size_t count);

}  // namespace onellm::routing
