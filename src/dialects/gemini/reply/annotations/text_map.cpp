#include "dialects/gemini/reply/annotations/text_map.h"

#include <algorithm>

#include "base/limits.h"
#include "json/grammar.h"

namespace onellm::dialects::gemini {

namespace {

// The number of bytes of the UTF-8 character that begins with `first`.
int64_t width_of(char first) {
  const auto byte = static_cast<unsigned char>(first);
  if (byte < 0x80) return 1;
  if (byte < 0xE0) return 2;
  return byte < 0xF0 ? 3 : 4;
}

// The number of UTF-8 bytes of an escaped character. Of a surrogate pair, one half counts 4 bytes, the other 0.
int64_t width_of_escape(std::string_view escape) {
  if (escape[1] != 'u') return 1;
  const std::string plain = json::unescape({escape});
  const bool is_surrogate = (escape[2] | 0x20) == 'd' && escape[3] >= '8';
  if (!is_surrogate) return static_cast<int64_t>(plain.size());
  return escape[3] <= '9' || (escape[3] | 0x20) <= 'b' ? 4 : 0;
}

}  // namespace

void TextMap::append(json::RawString raw) {
  const std::string_view text = raw.text;
  for (size_t at = 0; at < text.size();) {
    size_t plain = at;
    while (plain < text.size() && (text[plain] & 0x80) == 0 && text[plain] != '\\') ++plain;
    if (plain > at) {
      add(1, static_cast<int64_t>(plain - at));
    } else if (text[at] == '\\') {
      plain = at + json::escape_bytes(text, at);
      const int64_t width = width_of_escape(text.substr(at, plain - at));
      add(width, width);
    } else {
      const int64_t width = width_of(text[at]);
      plain = at + static_cast<size_t>(width);
      add(width, width);
    }
    at = plain;
  }
}

void TextMap::add(int64_t width, int64_t bytes) {
  if (width != end_.width && knows_) {
    end_.width = width;
    knows_ = runs_.size() < kTextRunsMax;
    if (knows_) runs_.push_back(end_);
  }
  end_.bytes += bytes;
  if (width > 0) end_.characters += bytes / width;
}

int64_t TextMap::characters_before(int64_t byte) const {
  byte = std::clamp<int64_t>(byte, 0, end_.bytes);
  const auto after =
      std::upper_bound(runs_.begin(), runs_.end(), byte, [](int64_t at, const Run& run) { return at < run.bytes; });
  const Run run = after == runs_.begin() ? Run{} : *(after - 1);
  return run.width == 0 ? run.characters : run.characters + (byte - run.bytes) / run.width;
}

}  // namespace onellm::dialects::gemini
