#include "chat/usage.h"

namespace onellm::chat {

namespace {

void add_to(std::optional<int64_t>& sum, const std::optional<int64_t>& more) {
  if (more) sum = sum.value_or(0) + *more;
}

}  // namespace

void Usage::add(const Usage& other) {
  prompt_tokens += other.prompt_tokens;
  completion_tokens += other.completion_tokens;
  total_tokens += other.total_tokens;
  add_to(cached_tokens, other.cached_tokens);
  add_to(cache_write_tokens, other.cache_write_tokens);
  add_to(cache_write_1h_tokens, other.cache_write_1h_tokens);
  add_to(reasoning_tokens, other.reasoning_tokens);
  add_to(audio_prompt_tokens, other.audio_prompt_tokens);
  add_to(cached_audio_tokens, other.cached_audio_tokens);
  add_to(audio_completion_tokens, other.audio_completion_tokens);
  add_to(image_completion_tokens, other.image_completion_tokens);
  add_to(web_search_requests, other.web_search_requests);
  reported_cost_pico_usd.reset();
  raw.clear();
  shown_cost.clear();
}

}  // namespace onellm::chat
