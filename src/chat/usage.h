// How many tokens an answer took, in OpenAI's sense: prompt_tokens includes cached ones,
// completion_tokens includes reasoning. Every dialect's decoder converts to this.
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
  std::optional<int64_t> cache_write_tokens = {};     // Part of the prompt, written to it.
  std::optional<int64_t> cache_write_1h_tokens = {};  // Part of those, to be kept for an hour.
  std::optional<int64_t> reasoning_tokens = {};       // Part of the completion.
  std::optional<int64_t> audio_prompt_tokens = {};
  std::optional<int64_t> cached_audio_tokens = {};  // Part of these and of the cached ones.
  std::optional<int64_t> audio_completion_tokens = {};
  std::optional<int64_t> image_completion_tokens = {};
  std::optional<int64_t> web_search_requests = {};  // Searches that the provider made, and charges for.
  // Counts up to now, of an answer that goes on: what it takes in the end is more.
  bool partial = false;

  // Served in a way that has other prices than those of a list: another tier, another speed, a region.
  bool has_other_prices = false;
  // What each model took, where several worked on the answer. They are what is paid for; the counts above are what
  // the client is told. Empty: there was one model.
  std::vector<Usage> by_model = {};
  std::string model = {};  // Of one of these: its name; empty: nobody says it.

  // What the provider itself says that the answer cost, in 10^-12 US dollars.
  std::optional<int64_t> reported_cost_pico_usd = {};

  // The provider's own usage object as raw JSON where it is in OpenAI's shape, so that keys we do not
  // know reach the client; empty where only the numbers above are known.
  std::string raw = {};

  // What a client is told that the answer cost: a JSON number in US dollars, or null. Empty: nothing.
  std::string shown_cost = {};

  // Adds the counts of another leg; `raw`, costs and what they depend on are lost, since a sum has no original.
  void add(const Usage& other);
};

// True of a service tier with the prices of a list, as a reply names it; the words of OpenAI, Anthropic, Google and
// Groq. A tier that nobody here knows has prices that nobody here knows.
[[nodiscard]] bool is_standard_tier(std::string_view tier);

}  // namespace onellm::chat
