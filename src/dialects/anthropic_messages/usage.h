// Token counts as Anthropic gives them: cumulative in a stream, and with the cached parts of the prompt
// beside `input_tokens`, not in it.
// https://docs.claude.com/en/api/messages#response-usage
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "chat/usage.h"
#include "json/reader.h"

namespace onellm::dialects::anthropic_messages {

// What one call of a model took, where a reply was made in several: the context was compacted on the way, another
// model took over, or was asked for advice.
// https://docs.claude.com/en/docs/build-with-claude/compaction
// https://docs.claude.com/en/docs/build-with-claude/refusals-and-fallback
struct Iteration {
  enum class Kind : uint8_t { kMessage, kCompaction, kFallback, kOther };
  Kind kind = Kind::kOther;
  std::string model = {};  // Empty: not said, the reply's own.
  int64_t input = 0;
  int64_t output = 0;
  int64_t cache_read = 0;
  int64_t cache_write = 0;
  int64_t cache_write_1h = 0;
};

struct TokenCounts {
  // Each is the whole count up to now; empty: not said.
  std::optional<int64_t> input;
  std::optional<int64_t> output;
  std::optional<int64_t> cache_read;
  std::optional<int64_t> cache_write;
  std::optional<int64_t> cache_write_1h;  // Part of it.
  std::optional<int64_t> thinking;
  std::optional<int64_t> web_searches;
  std::vector<Iteration> iterations;
  bool fell_back = false;         // A block says that another model took over.
  bool has_other_prices = false;  // Another tier, speed or region than the standard one served it.

  [[nodiscard]] bool says_something() const { return input || output; }
  // What `later` says replaces what was said.
  void update(const TokenCounts& later);
};

// Reads a `usage` object; what it does not say stays as it was in `usage`.
void read_usage(json::Value& value, TokenCounts& usage);

// `model` is what the reply says that it came from.
[[nodiscard]] chat::Usage to_chat_usage(const TokenCounts& usage, const std::string& model);

}  // namespace onellm::dialects::anthropic_messages
