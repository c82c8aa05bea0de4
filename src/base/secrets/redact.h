// Removes secrets from texts of providers, which quote keys in their error messages, whole or in part.
#pragma once

#include <string>
#include <string_view>

namespace onellm {

// A shorter part of a secret is not hidden: it reveals nothing, and may be an ordinary word.
inline constexpr size_t kSecretPartBytesMin = 8;

// For hosts that need no key people set "x", "none" or "EMPTY". Hiding those would remove ordinary letters and words
// from a text, and would reveal the secret. So a secret shorter than kSecretBytesMin is not hidden, and one shorter
// than kSecretWithinWordsBytesMin is hidden only where it is a whole word.
inline constexpr size_t kSecretBytesMin = 3;
inline constexpr size_t kSecretWithinWordsBytesMin = 6;

// `text` with `***` for the secret and for every part of it of at least kSecretPartBytesMin bytes (a shorter secret:
// only for the whole of it), also where they are written in the escapes of JSON.
[[nodiscard]] std::string without_secret(std::string_view text, std::string_view secret);

}  // namespace onellm
