#include "providers/azure/azure.h"

#include "base/text.h"

namespace onellm::providers {

Endpoint azure_chat_endpoint(const Provider& provider, std::string_view deployment, bool /*stream*/) {
  Endpoint endpoint{.url = provider.base + "/openai", .headers = provider.headers};
  if (provider.api_version == kAzureApiVersionV1) {
    endpoint.url += "/v1/chat/completions";
  } else {
    endpoint.url += "/deployments/" + percent_encode(deployment) +
                    "/chat/completions?api-version=" + percent_encode(provider.api_version);
  }
  if (!provider.key.empty()) endpoint.headers.emplace_back("api-key", provider.key);
  return endpoint;
}

std::string azure_base(std::string_view pattern, std::string_view resource) {
  static constexpr std::string_view kOwnSegment = "/openai";
  const std::string filled = replace_all(pattern, "{resource}", resource);
  std::string_view base = without_version_segment(filled);
  if (base.ends_with(kOwnSegment)) base.remove_suffix(kOwnSegment.size());
  return std::string(without_trailing_slashes(base));
}

bool azure_has_stream_options(std::string_view api_version) {
  // Versions begin with a date, whose order as text is its order in time; "v1" comes after all of them.
  return api_version >= "2024-09-01";
}

}  // namespace onellm::providers
