#include "chat/usage.h"

#include <algorithm>
#include <iterator>

#include "base/text.h"

namespace onellm::chat {

namespace {

void add_to(std::optional<int64_t>& sum, const std::optional<int64_t>& more) {
  if (more) sum = sum.value_or(0) + *more;
}

// https://platform.openai.com/docs/api-reference/chat/object, https://docs.claude.com/en/api/service-tiers,
// https://cloud.google.com/vertex-ai/generative-ai/docs/reference/rest/v1/GenerateContentResponse (TrafficType),
// https://console.groq.com/docs/service-tiers
constexpr std::string_view kStandardTiers[] = {"default", "standard", "auto", "on_demand", "not_available"};
constexpr std::string_view kNotSaidSuffix = "unspecified";

}  // namespace

bool is_standard_tier(std::string_view tier) {
  const std::string word = ascii_lower(tier);
  if (word.empty() || word.ends_with(kNotSaidSuffix)) return true;
  return std::find(std::begin(kStandardTiers), std::end(kStandardTiers), word) != std::end(kStandardTiers);
}

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
  has_other_prices = false;
  by_model.clear();
  model.clear();
  reported_cost_pico_usd.reset();
  raw.clear();
  shown_cost.clear();
}

}  // namespace onellm::chat
