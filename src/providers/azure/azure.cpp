#include "providers/azure/azure.h"

#include "base/text.h"
#include "dialects/openai_chat/request/api_choice.h"
#include "dialects/openai_responses/dialect.h"

namespace onellm::providers {

namespace {

// Versions begin with a date, so comparing them as text compares the dates. "v1" sorts after all dates.
constexpr std::string_view kResponsesSince = "2025-03-01";
constexpr std::string_view kStreamOptionsSince = "2024-09-01";

// The v1 surface has no dates: one of three words chooses it. Of these only "preview" is sent as a version.
bool is_v1_surface(std::string_view version) {
  return version == kAzureApiVersionV1 || version == kAzureApiVersionLatest || version == kAzureApiVersionPreview;
}

// The endpoint for `path` on the v1 surface, or for `classic_path` on the classic one.
Endpoint endpoint_at(const Provider& provider, std::string_view path, std::string_view classic_path) {
  Endpoint endpoint{.url = provider.base + "/openai", .headers = provider.headers};
  if (is_v1_surface(provider.api_version)) {
    endpoint.url.append("/v1").append(path);
    if (provider.api_version == kAzureApiVersionPreview) endpoint.url.append("?api-version=preview");
  } else {
    endpoint.url.append(classic_path).append("?api-version=").append(percent_encode(provider.api_version));
  }
  if (!provider.key.empty()) endpoint.headers.emplace_back("api-key", provider.key);
  return endpoint;
}

// With a version that is older than the Responses API the v1 surface is used: it needs no version.
Endpoint responses_endpoint(const Provider& provider, const Call& /*call*/) {
  if (provider.api_version >= kResponsesSince) return endpoint_at(provider, "/responses", "/responses");
  Provider newest = provider;
  newest.api_version = kAzureApiVersionV1;
  return endpoint_at(newest, "/responses", "");
}

}  // namespace

Endpoint azure_chat_endpoint(const Provider& provider, const Call& call) {
  return endpoint_at(provider, "/chat/completions", "/deployments/" + percent_encode(call.model) + "/chat/completions");
}

const Api* azure_other_api(const models::Contract& contract, const chat::Request& request) {
  static const Api kResponses{.dialect = &dialects::openai_responses::dialect(), .endpoint = responses_endpoint};
  return dialects::openai_chat::needs_responses(contract, request) ? &kResponses : nullptr;
}

std::string azure_base(std::string_view pattern, std::string_view resource) {
  static constexpr std::string_view kOwnSegment = "/openai";
  static constexpr std::string_view kDeployments = "/openai/deployments/";
  const std::string filled = replace_all(pattern, "{resource}", resource);
  std::string_view base = without_version_segment(filled);
  const size_t deployments = base.rfind(kDeployments);
  const bool names_deployment =
      deployments != base.npos && base.find('/', deployments + kDeployments.size()) == base.npos;
  if (names_deployment) base = base.substr(0, deployments);
  if (base.ends_with(kOwnSegment)) base.remove_suffix(kOwnSegment.size());
  return std::string(without_trailing_slashes(base));
}

bool azure_has_stream_options(std::string_view api_version) { return api_version >= kStreamOptionsSince; }

dialects::HostRules azure_host_rules(const Provider& provider, std::string_view /*deployment*/) {
  return {.mapping = dialects::HostMapping::kOpenAi,
          .api_version = provider.api_version,
          .tool_names = dialects::ToolNameForm::kPlain,
          .place = provider.resource};
}

}  // namespace onellm::providers
