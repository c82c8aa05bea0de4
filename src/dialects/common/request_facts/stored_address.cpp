#include "dialects/common/request_facts/stored_address.h"

#include <algorithm>

#include "base/text.h"

namespace onellm::dialects {

namespace {

bool is_plain_host(std::string_view host) {
  return std::all_of(host.begin(), host.end(),
                     [](char c) { return is_letter_or_digit(c) || c == '.' || c == '-' || c == '_'; });
}

}  // namespace

std::string normalized_address(std::string_view text) {
  std::string out;
  for (const char c : trim(text)) {
    if (c == '\t' || c == '\r' || c == '\n') continue;
    out += c == '\\' ? '/' : c;
  }
  return ascii_lower(out);
}

WebAddress read_web_address(std::string_view address) {
  const size_t colon = address.find(':');
  if (!address.starts_with("http") || colon == address.npos) return {};
  std::string_view rest = address.substr(colon + 1);
  rest.remove_prefix(std::min(rest.find_first_not_of('/'), rest.size()));
  const size_t end = std::min(rest.find_first_of("/?#"), rest.size());
  std::string_view host = rest.substr(0, end);
  host.remove_prefix(host.rfind('@') + 1);
  const bool is_ip6 = host.starts_with('[');
  if (!is_ip6) host = host.substr(0, host.find(':'));
  while (host.ends_with('.')) host.remove_suffix(1);
  return {.host = host, .path = rest.substr(end), .is_odd = !is_ip6 && !is_plain_host(host)};
}

}  // namespace onellm::dialects
