// Reads the counts of a host's `usage` object, under OpenAI's names and other hosts' names.
// Rule: Values are only read here; usage.cpp corrects them.
#pragma once

#include <cstdint>
#include <optional>

#include "json/reader.h"

namespace onellm::dialects::openai_chat {

struct UsageCounts {
  std::optional<int64_t> prompt;
  std::optional<int64_t> completion;
  std::optional<int64_t> total;
  std::optional<int64_t> cached;
  std::optional<int64_t> cache_write;
  std::optional<int64_t> cache_write_1h;
  std::optional<int64_t> reasoning;
  std::optional<int64_t> audio_prompt;
  std::optional<int64_t> audio_completion;
  std::optional<int64_t> cached_by_other_name;
  std::optional<int64_t> cache_write_by_other_name;
  std::optional<int64_t> reasoning_at_top;
  std::optional<int64_t> cost_pico_usd;
  std::optional<int64_t> upstream_cost_pico_usd;  // What the user pays to the provider behind a router.
  bool is_byok = false;                           // The user's own provider key was used.
  bool has_other_prices = false;
};

// A count that is missing or no whole number is nullopt. If `usage` is no object, all counts are.
[[nodiscard]] UsageCounts read_usage_counts(json::Value usage);

}  // namespace onellm::dialects::openai_chat
