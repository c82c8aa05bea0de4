#include "dialects/common/media/media_type.h"

#include <optional>

#include "dialects/common/media/base64.h"

namespace onellm::dialects {

namespace {

// The first bytes of a format. https://mimesniff.spec.whatwg.org/#matching-an-image-type-pattern
struct Signature {
  std::string_view first;
  std::string_view at_8;  // The bytes at offset 8; empty: any.
  std::string_view media_type;
};
constexpr Signature kSignatures[] = {
    {"\x89PNG\r\n\x1A\n", "", "image/png"},
    {"\xFF\xD8\xFF", "", "image/jpeg"},
    {"GIF87a", "", "image/gif"},
    {"GIF89a", "", "image/gif"},
    {"RIFF", "WEBP", "image/webp"},
    {"%PDF-", "", "application/pdf"},
};

struct Alias {
  std::string_view named;
  std::string_view registered;
};
constexpr Alias kAliases[] = {
    {"image/jpg", "image/jpeg"},
    {"image/pjpeg", "image/jpeg"},
    {"image/x-png", "image/png"},
    {"application/x-pdf", "application/pdf"},
};

constexpr std::string_view kGenericTypes[] = {"", "application/octet-stream", "binary/octet-stream",
                                              "application/x-download", "application/force-download"};

constexpr size_t kDigitsRead = 16;  // Base64 digits; they hold twelve bytes.

// The first base64 digits of a JSON string's content. `/` may be escaped, and line ends are skipped.
std::string first_digits(std::string_view text) {
  std::string digits;
  for (size_t at = 0; at < text.size() && digits.size() < kDigitsRead; ++at) {
    const bool is_escape = text[at] == '\\' && at + 1 < text.size();
    const char c = is_escape ? text[++at] : text[at];
    if (is_escape && c != '/') {
      if (c != 'n' && c != 'r' && c != 't') break;
    } else if (c != ' ') {
      digits += c;
    }
  }
  return digits;
}

}  // namespace

std::string_view recognised_media_type(json::RawString base64) {
  const std::optional<std::string> bytes = decode_base64(first_digits(base64.text));
  if (!bytes) return {};
  const std::string_view begin = *bytes;
  for (const Signature& signature : kSignatures) {
    if (!begin.starts_with(signature.first)) continue;
    if (signature.at_8.empty() || (begin.size() > 8 && begin.substr(8).starts_with(signature.at_8))) {
      return signature.media_type;
    }
  }
  return {};
}

std::string_view registered_media_type(std::string_view named) {
  for (const Alias& alias : kAliases) {
    if (alias.named == named) return alias.registered;
  }
  return named;
}

bool is_generic_media_type(std::string_view named) {
  for (const std::string_view generic : kGenericTypes) {
    if (generic == named) return true;
  }
  return false;
}

}  // namespace onellm::dialects
