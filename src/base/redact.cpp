#include "base/redact.h"

#include <algorithm>
#include <cstddef>

namespace onellm {

namespace {

// How many bytes from the beginning of `text` stand together somewhere in `secret`, if at least `least`.
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

}  // namespace

std::string without_secret(std::string_view text, std::string_view secret) {
  if (secret.empty()) return std::string(text);
  const size_t least = std::min(secret.size(), kSecretPartBytesMin);
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const size_t secret_bytes = part_at(text, secret, least);
    if (secret_bytes == 0) {
      out += text.front();
      text.remove_prefix(1);
    } else {
      out += "***";
      text.remove_prefix(secret_bytes);
    }
  }
  return out;
}

}  // namespace onellm
