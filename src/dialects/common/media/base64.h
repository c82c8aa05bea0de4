// Decodes base64. https://www.rfc-editor.org/rfc/rfc4648#section-4
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace onellm::dialects {

// The decoded bytes. Accepts both alphabets, with or without padding, and white space. nullopt if `text` is not
// base64.
[[nodiscard]] std::optional<std::string> decode_base64(std::string_view text);

}  // namespace onellm::dialects
