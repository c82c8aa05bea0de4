// Counts the tokens of all texts of a body, also of those that the gateway passes on without knowing what they are.
//
// A provider may read any of them as a part of its prompt: parts of unknown types, `prediction`, `documents`.
#pragma once

#include <cstdint>
#include <string_view>

namespace onellm::dialects {

// An estimate, as that of a request (chat/token_estimate.h). `body` is valid JSON. Media are not counted: that needs to
// know what they are.
[[nodiscard]] int64_t tokens_of_texts(std::string_view body);

}  // namespace onellm::dialects
