#include "providers/anthropic.h"

#include "base/text.h"
#include "dialects/anthropic_messages/dialect.h"

namespace onellm::providers {

namespace {

constexpr std::string_view kModels[] = {
    "claude-fable-5-2",         "claude-haiku-5-5",
    "claude-sonnet-5-5",        "claude-opus-5-5",
    "claude-fable-5-1",         "claude-opus-5",
    "claude-sonnet-5",          "claude-fable-5",
    "claude-opus-4-8",          "claude-opus-4-7",
    "claude-opus-4-6",          "claude-sonnet-4-6",
    "claude-opus-4-5-20251101", "claude-haiku-4-5-20251001",
};

Endpoint endpoint_at(const Provider& provider, std::string_view path) {
  return {.url = provider.base + std::string(path),
          .headers = {{"x-api-key", provider.key}, {"anthropic-version", provider.api_version}}};
}

}  // namespace

Endpoint anthropic_chat_endpoint(const Provider& provider, const Call& /*call*/) {
  return endpoint_at(provider, "/v1/messages");
}

const Api& anthropic_count_api() {
  static const Api kApi{.dialect = &dialects::anthropic_messages::dialect(),
                        .endpoint = [](const Provider& provider, const Call& /*call*/) {
                          return endpoint_at(provider, "/v1/messages/count_tokens");
                        }};
  return kApi;
}

dialects::HostRules anthropic_host_rules(const Provider& provider, std::string_view /*upstream_model*/) {
  return {.api_version = provider.api_version};
}

Endpoint anthropic_models_endpoint(const Provider& provider, const ListCall& call) {
  Endpoint endpoint = endpoint_at(provider, "/v1/models?limit=1000");
  if (!call.next.empty()) endpoint.url += "&after_id=" + percent_encode(call.next);
  return endpoint;
}

std::span<const std::string_view> anthropic_models() { return kModels; }

}  // namespace onellm::providers
