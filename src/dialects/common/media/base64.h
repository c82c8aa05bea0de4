// Decodes base64, and encodes base64url. https://www.rfc-editor.org/rfc/rfc4648#section-4
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace onellm::dialects {

// The decoded bytes. Accepts both alphabets, with or without padding, and white space. nullopt if `text` is not
// base64.
[[nodiscard]] std::optional<std::string> decode_base64(std::string_view text);

// Appends `bytes` in the alphabet for URLs, without padding (section 5).
void encode_base64url_to(std::string& out, std::string_view bytes);

// True if the text has only letters of that alphabet.
[[nodiscard]] bool is_base64url(std::string_view text);

}  // namespace onellm::dialects
