#include "gateway/keys/authentication/client_address.h"

#include <algorithm>

#include "base/text.h"

namespace onellm::gateway {

namespace {

constexpr std::string_view kCloudflares = "cf-connecting-ip";
constexpr std::string_view kForwarded = "x-forwarded-for";
constexpr std::string_view kWorkerds = "cf.clientIp";
constexpr size_t kAddressBytesMax = 64;

// `192.0.2.7:1234`, `[2001:db8::1]:1234` or an address alone.
std::string_view without_port(std::string_view text) {
  if (text.starts_with('[')) return text.substr(1, text.find(']') - 1);
  const size_t colon = text.find(':');
  return text.find(':', colon + 1) == text.npos ? text.substr(0, colon) : text;
}

std::string_view last_of(std::string_view list) { return trim(list.substr(list.rfind(',') + 1)); }

std::string_view header_of(const routing::Settings& settings) {
  if (!settings.is_plain_workerd) return kCloudflares;
  return settings.has_trusted_proxy ? kForwarded : kWorkerds;
}

}  // namespace

std::string_view address_headers(const routing::Settings& settings) { return header_of(settings); }

std::string client_address(const routing::Settings& settings, const Head& headers) {
  const std::string_view value = headers.header(header_of(settings));
  return std::string(without_port(last_of(value)).substr(0, kAddressBytesMax));
}

}  // namespace onellm::gateway
