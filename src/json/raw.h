// Slices of JSON text that are passed on unchanged: numbers keep their digits, strings their escapes, objects their
// unknown keys.
//
// Rule: a slice is always valid JSON. Only json/ makes slices of text from outside, after it has checked the text.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace onellm::json {

// The text of one whole JSON value, without white space around it. Empty: no value.
struct Raw {
  std::string_view text;
  [[nodiscard]] bool empty() const { return text.empty(); }
  bool operator==(const Raw&) const = default;
};

// The text between the quotes of a JSON string, with its escapes. Two such texts may be joined to one. Providers may
// split a surrogate pair over two of them in a stream; the joined text then has the character.
struct RawString {
  std::string_view text;
  [[nodiscard]] bool empty() const { return text.empty(); }
  bool operator==(const RawString&) const = default;
};

// Raw members of an object without its braces, `"a":1,"b":[2]`, or empty. Join two of them with ','.
struct RawMembers {
  std::string_view text;
  [[nodiscard]] bool empty() const { return text.empty(); }
  bool operator==(const RawMembers&) const = default;
};

// Appends `plain` to `out` as the inside of a JSON string. Bytes that are not UTF-8 become U+FFFD.
void escape_to(std::string& out, std::string_view plain);
[[nodiscard]] std::string escape(std::string_view plain);

// The same with quotes around it.
void quote_to(std::string& out, std::string_view plain);

// The plain UTF-8 of a raw string; a lone surrogate becomes U+FFFD.
[[nodiscard]] std::string unescape(RawString raw);

// The offset of the first surrogate without its partner (`\ud83d`, always six bytes), at or after `from`; npos if there
// is none. `text` is the inside of a whole string, or any JSON.
[[nodiscard]] size_t find_lone_surrogate(std::string_view text, size_t from);

// False if the text surely does not end in a surrogate without its partner. Cheap.
[[nodiscard]] inline bool may_end_in_surrogate(std::string_view text) {
  return text.size() >= 6 && text[text.size() - 6] == '\\' && text[text.size() - 5] == 'u';
}

// The number of characters (code points) of a raw string. If a surrogate pair is split over two raw strings, the first
// of them counts the character.
[[nodiscard]] int64_t count_characters(RawString raw);

// The length in bytes of the first `characters` characters of a raw string; all of it if it has no more.
[[nodiscard]] size_t bytes_of_characters(RawString raw, int64_t characters);

// Appends `value` without the white space between its tokens.
void compact_to(std::string& out, Raw value);

}  // namespace onellm::json
