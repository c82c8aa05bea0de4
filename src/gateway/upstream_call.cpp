#include "gateway/upstream_call.h"

#include <algorithm>
#include <iterator>
#include <string_view>
#include <utility>
#include <vector>

#include "base/redact.h"
#include "gateway/head.h"

namespace onellm::gateway {

namespace {

// Headers of settings that everybody may read. All others may be credentials.
bool is_public(std::string_view header) {
  constexpr std::string_view kPublic[] = {"accept", "content-type", "http-referer", "referer", "user-agent", "x-title"};
  return std::find(std::begin(kPublic), std::end(kPublic), header) != std::end(kPublic);
}

// A later header replaces an earlier one, except for lists of features to switch on: those may come from
// the client, the settings and the request's encoder together.
void set_header(std::vector<providers::Header>& headers, std::string_view name, std::string_view value) {
  if (value.empty()) return;
  for (auto& [known, kept] : headers) {
    if (known != name) continue;
    kept = name.ends_with("-beta") ? kept + "," + std::string(value) : std::string(value);
    return;
  }
  headers.emplace_back(name, value);
}

}  // namespace

std::string upstream_head(const routing::Target& target, const dialects::EncodedRequest& encoded, bool stream,
                          const Context& context) {
  const providers::Provider& provider = *target.provider;
  const providers::Endpoint endpoint = provider.kind->chat_endpoint(provider, target.model, stream);
  std::vector<providers::Header> headers = {{"content-type", "application/json"}};
  const Head client(context.request.head);
  for (const std::string_view name : provider.kind->client_headers) set_header(headers, name, client.header(name));
  for (const auto& [name, value] : endpoint.headers) set_header(headers, name, value);
  for (const auto& [name, value] : encoded.headers) set_header(headers, name, value);
  HeadWriter head("POST " + endpoint.url);
  for (const auto& [name, value] : headers) head.add(name, value);
  return head.take();
}

bool may_fall_back(const Error& error) {
  const int status = status_of(error);  // Not the upstream's own: an error may come with a 200.
  return status == 408 || status == 429 || status >= 500;
}

Error redacted(Error error, const providers::Provider& provider) {
  std::vector<std::string_view> secrets = {provider.key};
  for (const auto& [name, value] : provider.headers) {
    if (!is_public(name)) secrets.emplace_back(value);
  }
  for (const std::string_view secret : secrets) {
    if (secret.empty()) continue;
    for (std::string* text : {&error.message, &error.param, &error.type, &error.code, &error.extra}) {
      *text = without_secret(*text, secret);
    }
  }
  return error;
}

Error timed_out(const std::string& name, const char* what, uint32_t timeout_ms, const char* setting) {
  return {.kind = ErrorKind::kUpstreamTimeout,
          .message = name + ": " + what + " within " + std::to_string(timeout_ms) + " ms (" + setting + ")"};
}

}  // namespace onellm::gateway
