// The places that annotations point at, in a text that was joined from several.
#pragma once

#include <cstdint>
#include <string>

#include "json/raw.h"

namespace onellm::gateway {

// How many characters (code points) a piece of text has. The halves of a surrogate pair may lie in two
// pieces; the first counts.
[[nodiscard]] int64_t count_characters(json::RawString text);

// The members of a delta with `start_index` and `end_index` of its `annotations` moved on by `offset`; as
// they were where it has none.
[[nodiscard]] std::string shift_annotations(json::RawMembers delta_extra, int64_t offset);

}  // namespace onellm::gateway
