// Takes secrets out of texts that somebody else wrote: providers quote keys in their error messages,
// whole or in part.
#pragma once

#include <string>
#include <string_view>

namespace onellm {

// A part of a secret shorter than this tells nothing, and may be an ordinary word.
inline constexpr size_t kSecretPartBytesMin = 8;

// `text` with `***` for the secret and for every part of it of kSecretPartBytesMin bytes or more (of a
// shorter secret: for the whole of it).
[[nodiscard]] std::string without_secret(std::string_view text, std::string_view secret);

}  // namespace onellm
