#include "base/secrets/hidden_spans.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <utility>

#include "base/text.h"

namespace onellm {

namespace {

// Escapes are resolved this often: JSON in JSON in JSON. Each layer doubles the backslashes, so deeper layers do not
// occur.
constexpr size_t kLayersMax = 6;

constexpr size_t kUnicodeEscapeBytes = 6;  // "\u0041"

// A text after its escapes were resolved, with the place of each byte in the source.
struct Reading {
  std::string text;
  std::vector<size_t> begins;  // Where in the source each byte of `text` begins; one more for the end.
};

std::optional<uint32_t> hex_value(char c) {
  if (is_digit(c)) return static_cast<uint32_t>(c - '0');
  if (c >= 'a' && c <= 'f') return static_cast<uint32_t>(c - 'a' + 10);
  if (c >= 'A' && c <= 'F') return static_cast<uint32_t>(c - 'A' + 10);
  return std::nullopt;
}

// The UTF-16 unit of a `\u0041` at the beginning of `text`.
std::optional<uint32_t> unicode_escape(std::string_view text) {
  if (text.size() < kUnicodeEscapeBytes || text[1] != 'u') return std::nullopt;
  uint32_t unit = 0;
  for (const char c : text.substr(2, 4)) {
    const std::optional<uint32_t> digit = hex_value(c);
    if (!digit) return std::nullopt;
    unit = unit << 4 | *digit;
  }
  return unit;
}

// Each half of a surrogate pair becomes three bytes. That is enough here: API keys have no such characters.
std::string utf8_of(uint32_t unit) {
  std::string out;
  const auto add = [&out](uint32_t byte) { out += static_cast<char>(byte); };
  if (unit < 0x80) {
    add(unit);
  } else if (unit < 0x800) {
    add(0xC0 | unit >> 6);
    add(0x80 | (unit & 0x3F));
  } else {
    add(0xE0 | unit >> 12);
    add(0x80 | (unit >> 6 & 0x3F));
    add(0x80 | (unit & 0x3F));
  }
  return out;
}

// The character that a backslash and `c` stand for; nothing if that is no escape of JSON.
std::optional<char> short_escape(char c) {
  switch (c) {
    case '"':
    case '\\':
    case '/': return c;
    case 'b': return '\b';
    case 'f': return '\f';
    case 'n': return '\n';
    case 'r': return '\r';
    case 't': return '\t';
    default: return std::nullopt;
  }
}

// Resolves the escapes of `reading` once.
Reading resolved(const Reading& reading) {
  Reading out;
  out.text.reserve(reading.text.size());
  out.begins.reserve(reading.begins.size());
  const std::string_view text = reading.text;
  for (size_t at = 0; at < text.size();) {
    std::string plain(1, text[at]);
    size_t bytes = 1;
    if (text[at] == '\\' && at + 1 < text.size()) {
      const std::string_view rest = text.substr(at);
      if (const std::optional<uint32_t> unit = unicode_escape(rest)) {
        plain = utf8_of(*unit);
        bytes = kUnicodeEscapeBytes;
      } else if (const std::optional<char> c = short_escape(rest[1])) {
        plain = *c;
        bytes = 2;
      }
    }
    out.text += plain;
    out.begins.insert(out.begins.end(), plain.size(), reading.begins[at]);
    at += bytes;
  }
  out.begins.push_back(reading.begins.back());
  return out;
}

// The text itself, and the result of each round of resolving its escapes.
std::vector<Reading> readings_of(std::string_view text) {
  std::vector<Reading> readings(1);
  readings[0].text = text;
  for (size_t at = 0; at <= text.size(); ++at) readings[0].begins.push_back(at);
  while (readings.size() <= kLayersMax && readings.back().text.find('\\') != std::string::npos) {
    Reading next = resolved(readings.back());
    if (next.text == readings.back().text) break;
    readings.push_back(std::move(next));
  }
  return readings;
}

// The bytes of the source that `span` of a reading covers. `deepest` is the last reading: the source bytes of one
// character there are hidden together, so that no part of an escape stays.
Span span_in_source(const Reading& reading, const Span& span, const Reading& deepest) {
  const size_t begin = reading.begins[span.begin];
  const size_t last = reading.begins[span.end - 1];
  const std::vector<size_t>& units = deepest.begins;
  const auto after_begin = std::upper_bound(units.begin(), units.end(), begin);
  const auto after_last = std::upper_bound(units.begin(), units.end(), last);
  return {*(after_begin - 1), after_last == units.end() ? units.back() : *after_last};
}

std::string hide(std::string_view text, const std::vector<Span>& spans) {
  std::string out;
  out.reserve(text.size());
  size_t shown = 0;
  for (const Span& span : spans) {
    out.append(text.substr(shown, span.begin - shown)).append(kHiddenMark);
    shown = span.end;
  }
  return out.append(text.substr(shown));
}

// Sorts the spans and joins those that overlap.
std::vector<Span> joined(std::vector<Span> spans) {
  std::sort(spans.begin(), spans.end(), [](const Span& left, const Span& right) { return left.begin < right.begin; });
  std::vector<Span> out;
  for (const Span& span : spans) {
    if (!out.empty() && span.begin < out.back().end) {
      out.back().end = std::max(out.back().end, span.end);
    } else {
      out.push_back(span);
    }
  }
  return out;
}

}  // namespace

std::string with_hidden_spans(std::string_view text, FindSpans find) {
  if (text.find('\\') == text.npos) return hide(text, find(text));
  std::vector<Span> hidden;
  const std::vector<Reading> readings = readings_of(text);
  for (const Reading& reading : readings) {
    for (const Span& span : find(reading.text)) {
      if (span.begin < span.end) hidden.push_back(span_in_source(reading, span, readings.back()));
    }
  }
  return hide(text, joined(std::move(hidden)));
}

}  // namespace onellm
