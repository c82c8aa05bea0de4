// Limits the sources that a reply keeps or passes on, the same in every dialect.
#pragma once

#include <cstddef>

#include "chat/event_details.h"

namespace onellm::dialects {

// The most bytes that a citation takes as JSON besides its URL and title.
inline constexpr size_t kBytesAroundCitation = 120;

// Adds the size of the citation, as clients get it in JSON, to `bytes`, the size of those before it. False, and nothing
// is added, if it has no URL or if all would take more than kAnnotationBytesMax: then it must be left out.
[[nodiscard]] bool take_room(const chat::Citation& citation, size_t& bytes);

}  // namespace onellm::dialects
