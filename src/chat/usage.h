// Token counts of an answer.
//
// Rule: counts are as OpenAI defines them: prompt_tokens includes cached tokens, completion_tokens includes reasoning.
// The decoder of every dialect converts to this.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace onellm::chat {

struct Usage {
  int64_t prompt_tokens = 0;
  int64_t completion_tokens = 0;
  int64_t total_tokens = 0;
  std::optional<int64_t> cached_tokens = {};          // Part of the prompt, read from the provider's cache.
  std::optional<int64_t> cache_write_tokens = {};     // Part of the prompt, written to the provider's cache.
  std::optional<int64_t> cache_write_1h_tokens = {};  // Part of cache_write_tokens, kept for an hour.
  std::optional<int64_t> reasoning_tokens = {};       // Part of the completion.
  std::optional<int64_t> audio_prompt_tokens = {};
  std::optional<int64_t> cached_audio_tokens = {};  // Part of audio_prompt_tokens and of cached_tokens.
  std::optional<int64_t> audio_completion_tokens = {};
  std::optional<int64_t> image_completion_tokens = {};
  std::optional<int64_t> web_search_requests = {};  // Searches that the provider made, and charges for.
  // The answer is not complete: its final counts are higher.
  bool partial = false;

  // The price list does not apply: the answer came from another service tier, at another speed, or from a region.
  bool has_other_prices = false;
  // The usage of each model, if several worked on the answer. The cost is computed from these; the client sees the
  // counts above. Empty: there was one model.
  std::vector<Usage> by_model = {};
  std::string model = {};  // In `by_model`: the name of the model; empty: not known.

  // The cost that the provider reported, in 10^-12 US dollars.
  std::optional<int64_t> reported_cost_pico_usd = {};

  // The provider's own usage object as raw JSON if it has OpenAI's format, so that unknown keys reach the client.
  // Empty: only the numbers above are known.
  std::string raw = {};

  // The cost that the client sees: a JSON number in US dollars, or null. Empty: the client sees no cost.
  std::string shown_cost = {};

  // Adds the counts of another leg. Clears `raw`, the costs and the fields that costs depend on: they do not apply to a
  // sum.
  void add(const Usage& other);
};

// True if the price list applies to a service tier, by its name in a reply of OpenAI, Anthropic, Google or Groq. False
// for an unknown tier, since its prices are unknown.
[[nodiscard]] bool is_standard_tier(std::string_view tier);

}  // namespace onellm::chat
