// How many tokens an answer took, in OpenAI's sense: prompt_tokens includes cached ones,
// completion_tokens includes reasoning. Every dialect's decoder converts to this.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace onellm::chat {

struct Usage {
  int64_t prompt_tokens = 0;
  int64_t completion_tokens = 0;
  int64_t total_tokens = 0;
  std::optional<int64_t> cached_tokens;       // Part of the prompt, read from the provider's cache.
  std::optional<int64_t> cache_write_tokens;  // Part of the prompt, written to it.
  std::optional<int64_t> reasoning_tokens;    // Part of the completion.
  std::optional<int64_t> audio_prompt_tokens;
  std::optional<int64_t> audio_completion_tokens;
  std::optional<int64_t> web_search_requests;  // Searches that the provider made, and charges for.

  // The provider's own usage object as raw JSON where it is in OpenAI's shape, so that keys we do not
  // know reach the client; empty where only the numbers above are known.
  std::string raw;

  // Adds the numbers of another leg; `raw` is lost, since a sum has no original.
  void add(const Usage& other);
};

}  // namespace onellm::chat
