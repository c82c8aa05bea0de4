#include "keys/secret.h"

#include <algorithm>
#include <vector>

#include "base/text.h"

namespace onellm::keys {

namespace {

constexpr std::string_view kSecretPrefix = "sk-onellm-";
constexpr std::string_view kIdPrefix = "key_";
constexpr std::string_view kDigits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
constexpr size_t kSecretDigits = 43;
constexpr size_t kChecksumDigits = 6;
constexpr size_t kHiddenDigitsMin = 8;  // Fewer digits after the prefix reveal nothing.
constexpr std::string_view kMask = "***";
constexpr size_t kIdDigits = 22;
constexpr size_t kIdDigitsMax = 64;
constexpr size_t kHashDigits = 64;

// CRC-32 as zlib and PNG have it, four bits at a time. https://www.rfc-editor.org/rfc/rfc1952#section-8
uint32_t crc32(std::string_view text) {
  static constexpr uint32_t kTable[] = {0x00000000, 0x1DB71064, 0x3B6E20C8, 0x26D930AC, 0x76DC4190, 0x6B6B51F4,
                                        0x4DB26158, 0x5005713C, 0xEDB88320, 0xF00F9344, 0xD6D6A3E8, 0xCB61B38C,
                                        0x9B64C2B0, 0x86D3D2D4, 0xA00AE278, 0xBDBDF21C};
  uint32_t crc = 0xFFFFFFFF;
  for (const char c : text) {
    crc ^= static_cast<unsigned char>(c);
    crc = crc >> 4 ^ kTable[crc & 15U];
    crc = crc >> 4 ^ kTable[crc & 15U];
  }
  return ~crc;
}

// Writes a number of `bytes` (the highest byte first) as base62 digits.
void append_base62(std::string& out, std::span<const uint8_t> bytes, size_t digits) {
  std::vector<uint8_t> number(bytes.begin(), bytes.end());
  std::string text(digits, kDigits[0]);
  for (size_t place = digits; place-- > 0;) {
    uint32_t rest = 0;
    for (uint8_t& byte : number) {
      const uint32_t part = rest * 256 + byte;
      byte = static_cast<uint8_t>(part / kDigits.size());
      rest = part % kDigits.size();
    }
    text[place] = kDigits[rest];
  }
  out += text;
}

void append_checksum(std::string& out, std::string_view text) {
  const uint32_t crc = crc32(text);
  const uint8_t bytes[] = {static_cast<uint8_t>(crc >> 24), static_cast<uint8_t>(crc >> 16 & 0xFF),
                           static_cast<uint8_t>(crc >> 8 & 0xFF), static_cast<uint8_t>(crc & 0xFF)};
  append_base62(out, bytes, kChecksumDigits);
}

}  // namespace

std::string make_secret(std::span<const uint8_t, kSecretRandomBytes> random) {
  std::string secret(kSecretPrefix);
  append_base62(secret, random, kSecretDigits);
  const std::string summed = secret;
  append_checksum(secret, summed);
  return secret;
}

bool has_secret_form(std::string_view text) {
  if (text.size() != kSecretPrefix.size() + kSecretDigits + kChecksumDigits) return false;
  if (!text.starts_with(kSecretPrefix)) return false;
  const std::string_view digits = text.substr(kSecretPrefix.size());
  if (!std::all_of(digits.begin(), digits.end(), is_letter_or_digit)) return false;
  std::string checksum;
  append_checksum(checksum, text.substr(0, text.size() - kChecksumDigits));
  return text.ends_with(checksum);
}

std::string hide_secrets(std::string_view text) {
  std::string out;
  for (size_t at = text.find(kSecretPrefix); at != text.npos; at = text.find(kSecretPrefix)) {
    const std::string_view rest = text.substr(at + kSecretPrefix.size());
    const auto end = std::find_if_not(rest.begin(), rest.end(), is_letter_or_digit);
    const auto digits = static_cast<size_t>(end - rest.begin());
    out.append(text.substr(0, at));
    if (digits < kHiddenDigitsMin) {
      out.append(text.substr(at, kSecretPrefix.size() + digits));
    } else {
      out.append(kMask);
    }
    text = rest.substr(digits);
  }
  out.append(text);
  return out;
}

std::string make_id(std::span<const uint8_t, kIdRandomBytes> random) {
  std::string id(kIdPrefix);
  append_base62(id, random, kIdDigits);
  return id;
}

bool has_id_form(std::string_view text) {
  if (!text.starts_with(kIdPrefix)) return false;
  const std::string_view rest = text.substr(kIdPrefix.size());
  return !rest.empty() && rest.size() <= kIdDigitsMax &&
         std::all_of(rest.begin(), rest.end(), [](char c) { return is_letter_or_digit(c) || c == '_'; });
}

bool has_hash_form(std::string_view text) {
  return text.size() == kHashDigits &&
         std::all_of(text.begin(), text.end(), [](char c) { return is_digit(c) || (c >= 'a' && c <= 'f'); });
}

}  // namespace onellm::keys
