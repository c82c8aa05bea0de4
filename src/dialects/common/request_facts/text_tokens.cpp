#include "dialects/common/request_facts/text_tokens.h"

#include <algorithm>
#include <iterator>

#include "base/text.h"
#include "chat/token_estimate.h"

namespace onellm::dialects {

namespace {

// Names of members are short, unless somebody hides a prompt in them.
constexpr size_t kKeyBytesMax = 32;
// Shorter texts are counted, whatever they are: tokens of media are counted elsewhere, and many.
constexpr size_t kMediaBytesMin = 256;

// Members that hold media as base64.
constexpr std::string_view kMediaKeys[] = {"data", "file_data", "fileData", "b64_json"};

bool is_base64(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    return is_letter_or_digit(c) || c == '+' || c == '/' || c == '-' || c == '_' || c == '=' || c == '\\';
  });
}

bool is_media(std::string_view key, std::string_view text) {
  if (text.size() < kMediaBytesMin) return false;
  constexpr std::string_view kBase64 = ";base64,";
  if (text.starts_with("data:")) {
    const size_t comma = text.substr(0, kMediaBytesMin).find(kBase64);
    return comma != text.npos && is_base64(text.substr(comma + kBase64.size()));
  }
  const bool may_be = std::find(std::begin(kMediaKeys), std::end(kMediaKeys), key) != std::end(kMediaKeys);
  return may_be && is_base64(text);
}

// The inside of the string that begins at `at`, after its quote.
std::string_view string_at(std::string_view body, size_t at) {
  size_t end = at;
  while (end < body.size() && body[end] != '"') end += body[end] == '\\' ? 2U : 1U;
  return body.substr(at, std::min(end, body.size()) - at);
}

}  // namespace

int64_t tokens_of_texts(std::string_view body) {
  int64_t tokens = 0;
  std::string_view key;
  for (size_t at = 0; at < body.size(); ++at) {
    if (body[at] != '"') continue;
    const std::string_view text = string_at(body, at + 1);
    at += text.size() + 1;
    const size_t next = body.find_first_not_of(" \t\r\n", at + 1);
    const bool is_key = next != body.npos && body[next] == ':';
    if (is_key) key = text;
    const bool counts = is_key ? text.size() > kKeyBytesMax : !is_media(key, text);
    if (counts) tokens += chat::estimate_tokens(json::RawString{text});
  }
  return tokens;
}

}  // namespace onellm::dialects
