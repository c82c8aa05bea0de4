#include "base/text.h"

#include <algorithm>

namespace onellm {

namespace {

constexpr std::string_view kDigits = "0123456789";
constexpr std::string_view kNotInUrls = " \"<>\\^`{|}";

bool is_white_space(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }
bool is_unreserved(char c) { return is_letter_or_digit(c) || c == '-' || c == '.' || c == '_' || c == '~'; }

// `v` and digits, optionally followed by `alpha` or `beta` with an optional number.
bool is_version(std::string_view segment) {
  if (segment.size() < 2 || segment[0] != 'v' || !is_digit(segment[1])) return false;
  const size_t digits_end = segment.find_first_not_of(kDigits, 1);
  if (digits_end == segment.npos) return true;
  std::string_view rest = segment.substr(digits_end);
  for (const std::string_view stage : {"alpha", "beta"}) {
    if (rest.starts_with(stage)) return rest.find_first_not_of(kDigits, stage.size()) == rest.npos;
  }
  return false;
}

}  // namespace

std::string_view trim(std::string_view text) {
  while (!text.empty() && is_white_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_white_space(text.back())) text.remove_suffix(1);
  return text;
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> pieces;
  size_t from = 0;
  for (size_t end = text.find(separator); end != text.npos; end = text.find(separator, from)) {
    pieces.push_back(trim(text.substr(from, end - from)));
    from = end + 1;
  }
  pieces.push_back(trim(text.substr(from)));
  return pieces;
}

std::string ascii_lower(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (is_upper(c)) c = static_cast<char>(c - 'A' + 'a');
  }
  return lower;
}

std::string_view utf8_prefix(std::string_view text, size_t bytes_max) {
  if (text.size() <= bytes_max) return text;
  size_t end = bytes_max;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;  // Inside a character.
  return text.substr(0, end);
}

bool has_control_character(std::string_view text) {
  return std::any_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
}

std::string replace_all(std::string_view text, std::string_view from, std::string_view to) {
  std::string out;
  for (size_t at = text.find(from); at != text.npos; at = text.find(from)) {
    out.append(text.substr(0, at)).append(to);
    text.remove_prefix(at + from.size());
  }
  return out.append(text);
}

std::string percent_encode(std::string_view text) {
  static constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    if (is_unreserved(c)) {
      out += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      out.append({'%', kHex[byte >> 4], kHex[byte & 0xF]});
    }
  }
  return out;
}

bool is_base_url(std::string_view text) {
  const size_t scheme_end = text.find("://");
  if (scheme_end == text.npos) return false;
  const std::string scheme = ascii_lower(text.substr(0, scheme_end));
  if (scheme != "http" && scheme != "https") return false;

  const auto is_foreign = [](char c) {
    return static_cast<unsigned char>(c) >= 0x7F || static_cast<unsigned char>(c) < 0x20 ||
           kNotInUrls.find(c) != kNotInUrls.npos;
  };
  if (std::any_of(text.begin(), text.end(), is_foreign)) return false;
  if (text.find_first_of("?#") != text.npos) return false;

  const std::string_view rest = text.substr(scheme_end + 3);
  const std::string_view authority = rest.substr(0, rest.find('/'));
  return !authority.empty() && authority[0] != ':' && authority.find('@') == authority.npos;
}

std::string_view without_trailing_slashes(std::string_view url) {
  while (url.ends_with('/')) url.remove_suffix(1);
  return url;
}

std::string_view without_version_segment(std::string_view url) {
  url = without_trailing_slashes(url);
  const size_t slash = url.rfind('/');
  if (slash == url.npos || !is_version(url.substr(slash + 1))) return url;
  if (url.substr(0, slash + 1).ends_with("://")) return url;  // The segment is the host.
  return without_trailing_slashes(url.substr(0, slash));
}

}  // namespace onellm
