#include "gateway/upstream/errors.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "base/secrets/redact.h"
#include "gateway/http/reply.h"
#include "json/masked.h"

namespace onellm::gateway {

namespace {

// True for headers of the settings that may be public. All others may be credentials.
bool is_public(std::string_view header) {
  constexpr std::string_view kPublic[] = {"accept", "content-type", "http-referer", "referer", "user-agent", "x-title"};
  return std::find(std::begin(kPublic), std::end(kPublic), header) != std::end(kPublic);
}

}  // namespace

Failure failure_of(const Error& error, const providers::Provider& provider, int upstream_status,
                   std::vector<providers::Header> passed_headers, double now_ms) {
  pass_retry_after(error, passed_headers);
  const RetryAdvice advice = read_advice(passed_headers, error, now_ms);
  // A lack of memory in the gateway is not the provider's fault.
  const double rest_ms = error.kind == ErrorKind::kBusy ? 0 : cooldown_ms(error, advice);
  return {.error = redacted(error, provider),
          .upstream_status = upstream_status,
          .passed_headers = std::move(passed_headers),
          .outlook = outlook_of(error, advice, *provider.kind),
          .advice = advice,
          .cooldown_ms = rest_ms,
          .at_ms = now_ms};
}

std::vector<std::string_view> secrets_of(const providers::Provider& provider) {
  std::vector<std::string_view> secrets;
  if (!provider.key.empty()) secrets.emplace_back(provider.key);
  for (const auto& [name, value] : provider.headers) {
    if (!is_public(name) && !value.empty()) secrets.emplace_back(value);
  }
  return secrets;
}

bool holds_secret(std::string_view text, const providers::Provider& provider) {
  const std::vector<std::string_view> secrets = secrets_of(provider);
  return std::any_of(secrets.begin(), secrets.end(),
                     [text](std::string_view secret) { return text.find(secret) != text.npos; });
}

void remove_secrets(std::vector<providers::Header>& headers, const providers::Provider& provider) {
  std::erase_if(headers, [&provider](const auto& header) { return holds_secret(header.second, provider); });
}

Error redacted(Error error, const providers::Provider& provider) {
  for (const std::string_view secret : secrets_of(provider)) {
    const auto mask = [secret](std::string_view text, std::string_view) { return without_secret(text, secret); };
    for (std::string* text : {&error.message, &error.param, &error.provider_type, &error.code}) {
      *text = json::masked_text(*text, mask);
    }
    error.extra = json::masked_members({error.extra}, mask);
  }
  return error;
}

Error timed_out(const std::string& name, const char* what, uint32_t timeout_ms, const char* setting) {
  return {.kind = ErrorKind::kUpstreamTimeout,
          .message = name + ": " + what + " within " + std::to_string(timeout_ms) + " ms (" + setting + ")"};
}

}  // namespace onellm::gateway
