// The parts of Anthropic's row in the registry that are functions or lists. Depends on provider.h.
// https://docs.claude.com/en/api/overview
#pragma once

#include <span>
#include <string_view>

#include "providers/provider.h"

namespace onellm::providers {

inline constexpr std::string_view kAnthropicVersionDefault = "2023-06-01";

[[nodiscard]] Endpoint anthropic_chat_endpoint(const Provider& provider, const Call& call);

// Counts the tokens of a prompt.
[[nodiscard]] const Api& anthropic_count_api();

// The version of the API.
[[nodiscard]] dialects::HostRules anthropic_host_rules(const Provider& provider, std::string_view upstream_model);

// A page of the list of models. `call.next` is the last id of the page before, or empty.
// https://docs.claude.com/en/api/models-list
[[nodiscard]] Endpoint anthropic_models_endpoint(const Provider& provider, const ListCall& call);

// The models that were available when this was written, newest first.
[[nodiscard]] std::span<const std::string_view> anthropic_models();

}  // namespace onellm::providers
