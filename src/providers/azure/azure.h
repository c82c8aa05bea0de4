// What data cannot say of Azure OpenAI: its two surfaces, and what old versions of it lack.
// https://learn.microsoft.com/azure/ai-foundry/openai/reference
#pragma once

#include <string>
#include <string_view>

#include "providers/provider.h"

namespace onellm::providers {

inline constexpr std::string_view kAzureApiVersionDefault = "2024-10-21";
// These three choose the v1 surface.
inline constexpr std::string_view kAzureApiVersionV1 = "v1";
inline constexpr std::string_view kAzureApiVersionLatest = "latest";
inline constexpr std::string_view kAzureApiVersionPreview = "preview";

// Classic surface: the deployment stands in the path and the version in the query. v1 surface: the
// body names the deployment, as OpenAI's does the model.
[[nodiscard]] Endpoint azure_chat_endpoint(const Provider& provider, std::string_view deployment, bool stream);
// The Responses API, where the deployment's model wants it (openai.h).
[[nodiscard]] const Api* azure_other_api(const models::Contract& contract, const chat::Request& request);

// Where a resource is reached: `pattern` with {resource} filled in, without the trailing slash, version
// `/openai` and deployment that the URL of a request adds itself.
[[nodiscard]] std::string azure_base(std::string_view pattern, std::string_view resource);

// Versions before 2024-09-01-preview refuse the key `stream_options`.
[[nodiscard]] bool azure_has_stream_options(std::string_view api_version);

// What a resource takes, by the version of its API.
[[nodiscard]] dialects::HostRules azure_host_rules(const Provider& provider, std::string_view deployment);

}  // namespace onellm::providers
