// The mark that ends a prefix for Claude's cache.
// https://docs.claude.com/en/docs/build-with-claude/prompt-caching
#pragma once

#include "json/raw.h"

namespace onellm::dialects::anthropic_messages {

inline constexpr json::Raw kPlainMark{R"({"type":"ephemeral"})"};

// The mark for the client's `cache_control`: an object passes unchanged, any other value gives the default one.
[[nodiscard]] inline json::Raw cache_mark(json::Raw cache_control) {
  return cache_control.empty() || cache_control.text.starts_with('{') ? cache_control : kPlainMark;
}

}  // namespace onellm::dialects::anthropic_messages
