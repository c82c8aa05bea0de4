#include "dialects/common/media/base64.h"

#include <cstdint>

#include "json/grammar.h"

namespace onellm::dialects {

namespace {

constexpr uint32_t kNoDigit = 64;

uint32_t digit_of(char c) {
  if (c >= 'A' && c <= 'Z') return static_cast<uint32_t>(c - 'A');
  if (c >= 'a' && c <= 'z') return static_cast<uint32_t>(c - 'a') + 26;
  if (c >= '0' && c <= '9') return static_cast<uint32_t>(c - '0') + 52;
  if (c == '+' || c == '-') return 62;
  if (c == '/' || c == '_') return 63;
  return kNoDigit;
}

}  // namespace

std::optional<std::string> decode_base64(std::string_view text) {
  while (!text.empty() && (text.back() == '=' || json::is_space(text.back()))) text.remove_suffix(1);
  std::string bytes;
  bytes.reserve(text.size() / 4 * 3 + 2);
  uint32_t held = 0;  // The last bits read.
  int held_bits = 0;  // How many of them are not in `bytes` yet.
  for (const char c : text) {
    if (json::is_space(c)) continue;
    const uint32_t digit = digit_of(c);
    if (digit == kNoDigit) return std::nullopt;
    held = held << 6 | digit;
    held_bits += 6;
    if (held_bits < 8) continue;
    held_bits -= 8;
    bytes += static_cast<char>(held >> held_bits & 0xFF);
  }
  if (held_bits == 6) return std::nullopt;  // One digit alone is less than a byte.
  return bytes;
}

}  // namespace onellm::dialects
