// Token counts as Anthropic gives them: cumulative in a stream, and with the cached parts of the prompt
// beside `input_tokens`, not in it.
// https://docs.claude.com/en/api/messages#response-usage
#pragma once

#include <cstdint>
#include <optional>

#include "chat/usage.h"
#include "json/reader.h"

namespace onellm::dialects {

// What the iterations of a reply took that are paid at its model's price. Says more than the counts of the
// whole only where the context was compacted on the way.
struct AnthropicIterations {
  int64_t input = 0;
  int64_t output = 0;
  int64_t cache_read = 0;
  int64_t cache_write = 0;
  int64_t cache_write_1h = 0;
  bool compacted = false;
  bool fell_back = false;  // To another model: then the counts of the whole are the right ones.
};

struct AnthropicUsage {
  // Each is the whole count up to now; empty: not said.
  std::optional<int64_t> input;
  std::optional<int64_t> output;
  std::optional<int64_t> cache_read;
  std::optional<int64_t> cache_write;
  std::optional<int64_t> cache_write_1h;  // Part of it.
  std::optional<int64_t> thinking;
  std::optional<int64_t> web_searches;
  std::optional<AnthropicIterations> iterations;

  [[nodiscard]] bool says_something() const { return input || output; }
  // What `later` says replaces what was said.
  void update(const AnthropicUsage& later);
};

// Reads a `usage` object; what it does not say stays as it was in `usage`.
void read_anthropic_usage(json::Value& value, AnthropicUsage& usage);

[[nodiscard]] chat::Usage to_chat_usage(const AnthropicUsage& usage);

}  // namespace onellm::dialects
