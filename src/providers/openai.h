// The parts of the registry's rows for OpenAI and compatible hosts that are functions. Depends on provider.h.
#pragma once

#include <string_view>

#include "providers/provider.h"

namespace onellm::providers {

// The base and `/v1/chat/completions`, with the key as a bearer token.
[[nodiscard]] Endpoint openai_chat_endpoint(const Provider& provider, const Call& call);

// The Responses API if Chat Completions refuses this request for the model; else null.
[[nodiscard]] const Api* openai_other_api(const models::Contract& contract, const chat::Request& request);

// Counts the tokens of a prompt.
[[nodiscard]] const Api& openai_count_api();

// The base of a compatible host already has a version if the host needs one: only `/chat/completions` is added.
[[nodiscard]] Endpoint compatible_chat_endpoint(const Provider& provider, const Call& call);

// The lists of models: `/v1/models` for OpenAI, `/models` for compatible hosts.
[[nodiscard]] Endpoint openai_models_endpoint(const Provider& provider, const ListCall& call);
[[nodiscard]] Endpoint compatible_models_endpoint(const Provider& provider, const ListCall& call);

// Which parts of OpenAI's format a host accepts. A compatible host gets what all such hosts accept, changed by its
// quirks. A native one gets the request as the client wrote it, changed only by its quirks.
[[nodiscard]] dialects::HostRules openai_host_rules(const Provider& provider, std::string_view upstream_model);
[[nodiscard]] dialects::HostRules compatible_host_rules(const Provider& provider, std::string_view upstream_model);

}  // namespace onellm::providers
