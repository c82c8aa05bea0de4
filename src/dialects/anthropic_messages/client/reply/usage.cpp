#include "dialects/anthropic_messages/client/reply/usage.h"

#include <algorithm>

#include "json/writer.h"

namespace onellm::dialects::anthropic_messages {

int64_t uncached_input(const chat::Usage& usage) {
  const int64_t cached = usage.cached_tokens.value_or(0) + usage.cache_write_tokens.value_or(0);
  return std::max<int64_t>(0, usage.prompt_tokens - cached);
}

void append_usage(std::string& out, const chat::Usage* usage) {
  static const chat::Usage kNone;
  const chat::Usage& counts = usage == nullptr ? kNone : *usage;
  json::ObjectWriter object(out);
  object.add("input_tokens", uncached_input(counts));
  object.add("cache_creation_input_tokens", counts.cache_write_tokens.value_or(0));
  object.add("cache_read_input_tokens", counts.cached_tokens.value_or(0));
  object.add("output_tokens", counts.completion_tokens);
  if (!counts.reasoning_tokens) return;
  json::ObjectWriter details(object.begin("output_tokens_details"));
  details.add("thinking_tokens", *counts.reasoning_tokens);
}

void append_first_usage(std::string& out, const chat::Usage* usage, int64_t estimated_input_tokens) {
  if (usage != nullptr && usage->prompt_tokens > 0) return append_usage(out, usage);
  const chat::Usage estimated{.prompt_tokens = std::max<int64_t>(1, estimated_input_tokens)};
  append_usage(out, &estimated);
}

}  // namespace onellm::dialects::anthropic_messages
