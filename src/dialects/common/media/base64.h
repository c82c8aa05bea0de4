// https://www.rfc-editor.org/rfc/rfc4648#section-4
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace onellm::dialects {

// The bytes that `text` stands for, in either alphabet, padded or not, line ends allowed. Nothing if it
// is no base64.
[[nodiscard]] std::optional<std::string> decode_base64(std::string_view text);

}  // namespace onellm::dialects
