#include "json/raw.h"

#include <cstdint>

#include "base/assert.h"
#include "json/grammar.h"

namespace onellm::json {

namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";  // U+FFFD

// The bytes of the first UTF-8 character of a text. If `valid` is false: the bytes that one U+FFFD replaces, at least
// one, and as many as could begin a character.
// https://www.unicode.org/versions/Unicode15.0.0/ch03.pdf, table 3-7.
struct Character {
  size_t bytes;
  bool valid;
};

Character first_character(std::string_view text) {
  const auto byte = [&](size_t i) { return static_cast<uint8_t>(text[i]); };
  const uint8_t lead = byte(0);
  if (lead < 0x80) return {1, true};
  if (lead < 0xC2 || lead > 0xF4) return {1, false};

  const size_t bytes = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  // The second byte has a narrower range after these: no overlong forms, no surrogates, none past U+10FFFF.
  const uint8_t low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
  const uint8_t high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
  for (size_t i = 1; i < bytes; ++i) {
    if (i == text.size()) return {i, false};
    const bool in_range = i == 1 ? byte(i) >= low && byte(i) <= high : (byte(i) & 0xC0) == 0x80;
    if (!in_range) return {i, false};
  }
  return {bytes, true};
}

bool stands_for_itself(char c) { return static_cast<uint8_t>(c) >= 0x20 && c != '"' && c != '\\' && (c & 0x80) == 0; }

void append_escape(std::string& out, char c) {
  constexpr std::string_view kHexDigits = "0123456789abcdef";
  switch (c) {
    case '"': out += "\\\""; return;
    case '\\': out += "\\\\"; return;
    case '\b': out += "\\b"; return;
    case '\f': out += "\\f"; return;
    case '\n': out += "\\n"; return;
    case '\r': out += "\\r"; return;
    case '\t': out += "\\t"; return;
    default:
      out += "\\u00";
      out += kHexDigits[static_cast<uint8_t>(c) >> 4];
      out += kHexDigits[static_cast<uint8_t>(c) & 0xF];
  }
}

void append_utf8(std::string& out, uint32_t code_point) {
  const auto add = [&](uint32_t byte) { out += static_cast<char>(byte); };
  if (code_point < 0x80) {
    add(code_point);
  } else if (code_point < 0x800) {
    add(0xC0 | code_point >> 6);
    add(0x80 | (code_point & 0x3F));
  } else if (code_point < 0x10000) {
    add(0xE0 | code_point >> 12);
    add(0x80 | (code_point >> 6 & 0x3F));
    add(0x80 | (code_point & 0x3F));
  } else {
    add(0xF0 | code_point >> 18);
    add(0x80 | (code_point >> 12 & 0x3F));
    add(0x80 | (code_point >> 6 & 0x3F));
    add(0x80 | (code_point & 0x3F));
  }
}

bool is_high_surrogate(uint32_t unit) { return unit >= 0xD800 && unit < 0xDC00; }
bool is_low_surrogate(uint32_t unit) { return unit >= 0xDC00 && unit < 0xE000; }

// The code unit of the escape `\uXXXX` at the front of `text`; 0 (no surrogate) if there is no such escape.
uint32_t code_unit(std::string_view text) {
  if (text.size() < 6 || text[0] != '\\' || text[1] != 'u') return 0;
  uint32_t unit = 0;
  for (const char c : text.substr(2, 4)) {
    const uint32_t digit = c <= '9' ? static_cast<uint32_t>(c - '0') : static_cast<uint32_t>((c | 0x20) - 'a' + 10);
    unit = unit << 4 | digit;
  }
  return unit;
}

// Appends the character of the escape at the front of `text`. Returns the length of the escape in bytes; a surrogate
// pair is two escapes.
size_t append_unescaped(std::string& out, std::string_view text) {
  ONELLM_ASSERT(escape_bytes(text, 0) != 0);
  switch (text[1]) {
    case 'b': out += '\b'; return 2;
    case 'f': out += '\f'; return 2;
    case 'n': out += '\n'; return 2;
    case 'r': out += '\r'; return 2;
    case 't': out += '\t'; return 2;
    case 'u': break;
    default: out += text[1]; return 2;
  }
  const uint32_t unit = code_unit(text);
  if (!is_high_surrogate(unit) && !is_low_surrogate(unit)) {
    append_utf8(out, unit);
    return 6;
  }
  const uint32_t next = code_unit(text.substr(6));
  if (is_high_surrogate(unit) && is_low_surrogate(next)) {
    append_utf8(out, 0x10000 + ((unit - 0xD800) << 10) + (next - 0xDC00));
    return 12;
  }
  out += kReplacement;
  return 6;
}

}  // namespace

void escape_to(std::string& out, std::string_view plain) {
  while (!plain.empty()) {
    size_t run = 0;
    while (run < plain.size() && stands_for_itself(plain[run])) ++run;
    out += plain.substr(0, run);
    plain.remove_prefix(run);
    if (plain.empty()) return;

    const Character character = first_character(plain);
    if (!character.valid) {
      out += kReplacement;
    } else if (character.bytes == 1) {
      append_escape(out, plain[0]);
    } else {
      out += plain.substr(0, character.bytes);
    }
    plain.remove_prefix(character.bytes);
  }
}

std::string escape(std::string_view plain) {
  std::string out;
  out.reserve(plain.size());
  escape_to(out, plain);
  return out;
}

void quote_to(std::string& out, std::string_view plain) {
  out += '"';
  escape_to(out, plain);
  out += '"';
}

std::string unescape(RawString raw) {
  std::string out;
  out.reserve(raw.text.size());
  size_t at = 0;
  while (true) {
    const size_t backslash = find_backslash(raw.text, at);
    out += raw.text.substr(at, backslash - at);
    if (backslash == std::string_view::npos) return out;
    at = backslash + append_unescaped(out, raw.text.substr(backslash));
  }
}

size_t find_lone_surrogate(std::string_view text, size_t from) {
  size_t at = find_backslash(text, from);
  while (at != std::string_view::npos) {
    const uint32_t unit = code_unit(text.substr(at));
    if (is_low_surrogate(unit)) return at;
    const size_t bytes = escape_bytes(text, at);
    if (bytes == 0) return std::string_view::npos;  // Not valid JSON; the rest is not searched.
    if (is_high_surrogate(unit)) {
      if (!is_low_surrogate(code_unit(text.substr(at + bytes)))) return at;
      at += bytes;
    }
    at = find_backslash(text, at + bytes);
  }
  return at;
}

int64_t count_characters(RawString raw) {
  const std::string_view text = raw.text;
  int64_t count = 0;
  size_t at = 0;
  while (true) {
    const size_t backslash = find_backslash(text, at);
    for (const char c : text.substr(at, backslash - at))
      count += (c & 0xC0) != 0x80;  // Counts first bytes of characters.
    if (backslash == std::string_view::npos) return count;
    const std::string_view escape = text.substr(backslash);
    count += is_low_surrogate(code_unit(escape)) ? 0 : 1;
    at = backslash + escape_bytes(text, backslash);
  }
}

size_t bytes_of_characters(RawString raw, int64_t characters) {
  const std::string_view text = raw.text;
  size_t at = 0;
  while (at < text.size()) {
    const bool is_escape = text[at] == '\\';
    const bool begins_one = is_escape ? !is_low_surrogate(code_unit(text.substr(at))) : (text[at] & 0xC0) != 0x80;
    if (begins_one && characters-- <= 0) return at;
    const size_t bytes = is_escape ? escape_bytes(text, at) : 1;
    if (bytes == 0) break;  // Not JSON.
    at += bytes;
  }
  return text.size();
}

void compact_to(std::string& out, Raw value) {
  bool in_string = false;
  for (size_t at = 0; at < value.text.size(); ++at) {
    const char c = value.text[at];
    if (in_string && c == '\\') {
      out += value.text.substr(at++, 2);
      continue;
    }
    if (c == '"') in_string = !in_string;
    if (in_string || !is_space(c)) out += c;
  }
}

}  // namespace onellm::json
