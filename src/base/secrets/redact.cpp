#include "base/secrets/redact.h"

#include <algorithm>
#include <cstddef>
#include <vector>

#include "base/secrets/hidden_spans.h"
#include "base/text.h"

namespace onellm {

namespace {

// The length of the longest beginning of `text` that occurs in `secret`; 0 if that is shorter than `least`.
size_t part_at(std::string_view text, std::string_view secret, size_t least) {
  if (text.size() < least) return 0;
  size_t longest = 0;
  for (size_t at = secret.find(text.substr(0, least)); at != secret.npos;
       at = secret.find(text.substr(0, least), at + 1)) {
    const std::string_view rest = secret.substr(at);
    const size_t limit = std::min(rest.size(), text.size());
    const auto differ = std::mismatch(rest.begin(), rest.begin() + static_cast<std::ptrdiff_t>(limit), text.begin());
    longest = std::max(longest, static_cast<size_t>(differ.first - rest.begin()));
  }
  return longest;
}

// True if the `bytes` bytes at `at` are not part of a longer word.
bool is_word(std::string_view text, size_t at, size_t bytes) {
  const size_t end = at + bytes;
  return (at == 0 || !is_letter_or_digit(text[at - 1])) && (end == text.size() || !is_letter_or_digit(text[end]));
}

std::vector<Span> find_secret(std::string_view text, std::string_view secret) {
  const size_t least = std::min(secret.size(), kSecretPartBytesMin);
  std::vector<Span> found;
  for (size_t at = 0; at < text.size();) {
    const size_t bytes = part_at(text.substr(at), secret, least);
    const bool is_secret = bytes > 0 && (secret.size() >= kSecretWithinWordsBytesMin || is_word(text, at, bytes));
    if (is_secret) found.push_back({at, at + bytes});
    at += is_secret ? bytes : 1;
  }
  return found;
}

}  // namespace

std::string without_secret(std::string_view text, std::string_view secret) {
  if (secret.size() < kSecretBytesMin) return std::string(text);
  return with_hidden_spans(text, [secret](std::string_view reading) { return find_secret(reading, secret); });
}

}  // namespace onellm
