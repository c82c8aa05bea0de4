// What data cannot say of OpenAI and of the hosts that are compatible with it.
#pragma once

#include <string_view>

#include "providers/provider.h"

namespace onellm::providers {

// gpt-*, o<digit>*, chatgpt-* and fine-tunes of gpt-*. Open-ended: new models need no new release.
[[nodiscard]] bool is_openai_family(std::string_view model);

// The base, `/v1/chat/completions` after it, and the key as a bearer token.
[[nodiscard]] Endpoint openai_chat_endpoint(const Provider& provider, std::string_view upstream_model, bool stream);

// The base of a compatible host has its version, or none: only `/chat/completions` comes after it.
// The Responses API, for requests that Chat Completions refuses to this model; else null.
[[nodiscard]] const Api* openai_other_api(const models::Contract& contract, const chat::Request& request);
[[nodiscard]] Endpoint compatible_chat_endpoint(const Provider& provider, std::string_view upstream_model, bool stream);

// Their lists of models, `/v1/models` and `/models`.
[[nodiscard]] Endpoint openai_models_endpoint(const Provider& provider, std::string_view next);
[[nodiscard]] Endpoint compatible_models_endpoint(const Provider& provider, std::string_view next);

// What they take of OpenAI's format: OpenAI by family of models; other hosts what is common to all of
// them and what settings say, and native ones only the latter.
[[nodiscard]] dialects::HostRules openai_host_rules(const Provider& provider, std::string_view upstream_model);
[[nodiscard]] dialects::HostRules compatible_host_rules(const Provider& provider, std::string_view upstream_model);

}  // namespace onellm::providers
