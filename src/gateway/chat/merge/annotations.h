// Corrects the positions of annotations when several texts are joined into one.
#pragma once

#include <cstdint>
#include <string>

#include "json/raw.h"

namespace onellm::gateway {

// Adds `offset` to `start_index` and `end_index` of the `annotations` in a delta's members. Returns the members
// unchanged if there are no annotations.
[[nodiscard]] std::string shift_annotations(json::RawMembers delta_extra, int64_t offset);

}  // namespace onellm::gateway
