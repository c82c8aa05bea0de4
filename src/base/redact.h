// Takes secrets out of texts that somebody else wrote: providers quote keys in their error messages,
// whole or in part.
#pragma once

#include <string>
#include <string_view>

namespace onellm {

// A part of a secret shorter than this tells nothing, and may be an ordinary word.
inline constexpr size_t kSecretPartBytesMin = 8;

// Hosts that want no key are given one all the same: "x", "none", "EMPTY". To search a text for that would
// blot letters and words out of it, and tell what they were. So a secret shorter than the one is taken for
// none, and one shorter than the other is only looked for as a word.
inline constexpr size_t kSecretBytesMin = 3;
inline constexpr size_t kSecretWithinWordsBytesMin = 6;

// `text` with `***` for the secret and for every part of it of kSecretPartBytesMin bytes or more (of a
// shorter secret: for the whole of it), also where they are written in the escapes of JSON.
[[nodiscard]] std::string without_secret(std::string_view text, std::string_view secret);

}  // namespace onellm
