// What data cannot say of Anthropic.
// https://docs.claude.com/en/api/overview
#pragma once

#include <span>
#include <string_view>

#include "providers/provider.h"

namespace onellm::providers {

inline constexpr std::string_view kAnthropicVersionDefault = "2023-06-01";

// claude-*, however new.
[[nodiscard]] bool is_anthropic_family(std::string_view model);

[[nodiscard]] Endpoint anthropic_chat_endpoint(const Provider& provider, std::string_view upstream_model, bool stream);

// Which version of the API is spoken.
[[nodiscard]] dialects::HostRules anthropic_host_rules(const Provider& provider, std::string_view upstream_model);

// A page of the list; `next` is the last id of the page before.
// https://docs.claude.com/en/api/models-list
[[nodiscard]] Endpoint anthropic_models_endpoint(const Provider& provider, std::string_view next);

// The models that answered when this was written, newest first.
[[nodiscard]] std::span<const std::string_view> anthropic_models();

// The names by which the first generations went.
[[nodiscard]] std::span<const Renaming> anthropic_renamings();

}  // namespace onellm::providers
