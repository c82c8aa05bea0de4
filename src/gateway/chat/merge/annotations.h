// The places that annotations point at, in a text that was joined from several.
#pragma once

#include <cstdint>
#include <string>

#include "json/raw.h"

namespace onellm::gateway {

// The members of a delta with `start_index` and `end_index` of its `annotations` moved on by `offset`; as
// they were where it has none.
[[nodiscard]] std::string shift_annotations(json::RawMembers delta_extra, int64_t offset);

}  // namespace onellm::gateway
