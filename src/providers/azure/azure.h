// The parts of Azure OpenAI's row in the registry that are functions: its two forms of URL (classic and v1), and the
// features that old versions of its API lack. Depends on provider.h.
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

// Classic surface: the deployment is in the path, the version in the query. v1 surface: the deployment is the `model`
// of the body.
[[nodiscard]] Endpoint azure_chat_endpoint(const Provider& provider, const Call& call);
// The Responses API if the model of the deployment needs it for this request (openai.h); else null.
[[nodiscard]] const Api* azure_other_api(const models::Contract& contract, const chat::Request& request);

// The base URL of a resource: `pattern` with {resource} filled in. Trailing slashes, a version, `/openai` and a
// deployment are removed, since the URL of a request adds them.
[[nodiscard]] std::string azure_base(std::string_view pattern, std::string_view resource);

// False for versions before 2024-09-01-preview: they refuse the key `stream_options`.
[[nodiscard]] bool azure_has_stream_options(std::string_view api_version);

// The features that a resource accepts, by the version of its API.
[[nodiscard]] dialects::HostRules azure_host_rules(const Provider& provider, std::string_view deployment);

}  // namespace onellm::providers
