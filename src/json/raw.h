// Slices of JSON text that are passed on as they are: numbers keep their digits, strings their
// escapes, objects their unknown keys.
//
// The rule that keeps this honest: a slice is valid JSON. Only json/ makes one from foreign text, and
// it checks before it does.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace onellm::json {

// The text of one whole JSON value, white space around it taken off. Empty: there is none.
struct Raw {
  std::string_view text;
  [[nodiscard]] bool empty() const { return text.empty(); }
  bool operator==(const Raw&) const = default;
};

// What stands between the quotes of a JSON string, escapes and all. Two such texts may be joined and
// are one again. A surrogate pair may be split over two of them, as providers do in streams; whoever
// reads the joined text gets the character.
struct RawString {
  std::string_view text;
  [[nodiscard]] bool empty() const { return text.empty(); }
  bool operator==(const RawString&) const = default;
};

// Raw members of an object without its braces, `"a":1,"b":[2]`, or empty. Joined with ','.
struct RawMembers {
  std::string_view text;
  [[nodiscard]] bool empty() const { return text.empty(); }
  bool operator==(const RawMembers&) const = default;
};

// Appends `plain` (UTF-8; what is not becomes U+FFFD) to `out` as the inside of a JSON string.
void escape_to(std::string& out, std::string_view plain);
[[nodiscard]] std::string escape(std::string_view plain);

// Appends "plain" with its quotes.
void quote_to(std::string& out, std::string_view plain);

// The plain UTF-8 of a raw string; a lone surrogate becomes U+FFFD.
[[nodiscard]] std::string unescape(RawString raw);

// Where the first half of a surrogate pair without its partner stands (`\ud83d`, always six bytes), at or after `from`;
// npos: there is none. `text` is a whole string's inside, or JSON of more than strings.
[[nodiscard]] size_t find_lone_surrogate(std::string_view text, size_t from);

// How many characters (code points) a raw string has. The halves of a surrogate pair may lie in two of
// them; the first counts.
[[nodiscard]] int64_t count_characters(RawString raw);

// How many bytes of a raw string its first `characters` take; all where it has no more.
[[nodiscard]] size_t bytes_of_characters(RawString raw, int64_t characters);

// Appends `value` without the white space between its tokens.
void compact_to(std::string& out, Raw value);

}  // namespace onellm::json
