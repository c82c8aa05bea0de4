// Small operations on text that the standard library lacks. Letters and white space are those of ASCII, so that
// nothing depends on a locale.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace onellm {

[[nodiscard]] constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
[[nodiscard]] constexpr bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
[[nodiscard]] constexpr bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
[[nodiscard]] constexpr bool is_letter(char c) { return is_lower(c) || is_upper(c); }
[[nodiscard]] constexpr bool is_letter_or_digit(char c) { return is_letter(c) || is_digit(c); }

// `text` without spaces, tabs and line ends around it.
[[nodiscard]] std::string_view trim(std::string_view text);

// The pieces between separators, trimmed. An empty text gives one empty piece.
[[nodiscard]] std::vector<std::string_view> split(std::string_view text, char separator);

[[nodiscard]] std::string ascii_lower(std::string_view text);

// The longest beginning of at most `bytes_max` bytes that ends at the end of a UTF-8 character.
[[nodiscard]] std::string_view utf8_prefix(std::string_view text, size_t bytes_max);

// True if the text contains a control character (below space, or DEL).
[[nodiscard]] bool has_control_character(std::string_view text);

// Every occurrence of `from` (not empty) replaced by `to`.
[[nodiscard]] std::string replace_all(std::string_view text, std::string_view from, std::string_view to);

// Encodes a text for one path segment or one query value: all but the unreserved characters become %XX.
// https://www.rfc-editor.org/rfc/rfc3986#section-2.3
[[nodiscard]] std::string percent_encode(std::string_view text);

// True for an http or https URL to which a path may be appended: it has a host, no user, query or fragment, and only
// characters that are allowed in a URL.
[[nodiscard]] bool is_base_url(std::string_view text);

[[nodiscard]] std::string_view without_trailing_slashes(std::string_view url);

// `url` without trailing slashes and without a version as its last segment (`/v1`, `/v1beta2`).
[[nodiscard]] std::string_view without_version_segment(std::string_view url);

}  // namespace onellm
