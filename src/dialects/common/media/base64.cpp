#include "dialects/common/media/base64.h"

#include <algorithm>
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

void encode_base64url_to(std::string& out, std::string_view bytes) {
  constexpr std::string_view kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  out.reserve(out.size() + (bytes.size() * 4 + 2) / 3);
  uint32_t held = 0;
  int held_bits = 0;
  for (const char byte : bytes) {
    held = held << 8 | static_cast<uint8_t>(byte);
    for (held_bits += 8; held_bits >= 6;) {
      held_bits -= 6;
      out += kDigits[held >> held_bits & 63];
    }
  }
  if (held_bits > 0) out += kDigits[held << (6 - held_bits) & 63];
}

bool is_base64url(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return digit_of(c) != kNoDigit && c != '+' && c != '/'; });
}

}  // namespace onellm::dialects
