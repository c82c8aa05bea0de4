// Reads Anthropic's token counts and converts them to the canonical usage. In a stream the counts are cumulative.
// The cached parts of the prompt are not included in `input_tokens`.
// https://docs.claude.com/en/api/messages#response-usage
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "chat/usage.h"
#include "json/reader.h"

namespace onellm::dialects::anthropic_messages {

// The token counts of one model call. A reply needs several calls if the context was compacted, or if another model
// took over or was asked for advice.
// https://docs.claude.com/en/docs/build-with-claude/compaction
// https://docs.claude.com/en/docs/build-with-claude/refusals-and-fallback
struct Iteration {
  enum class Kind : uint8_t { kMessage, kCompaction, kFallback, kOther };
  Kind kind = Kind::kOther;
  std::string model = {};  // Empty: not reported.
  int64_t input = 0;
  int64_t output = 0;
  int64_t cache_read = 0;
  int64_t cache_write = 0;
  int64_t cache_write_1h = 0;
};

struct TokenCounts {
  // Each is the total so far; empty: not reported.
  std::optional<int64_t> input;
  std::optional<int64_t> output;
  std::optional<int64_t> cache_read;
  std::optional<int64_t> cache_write;
  std::optional<int64_t> cache_write_1h;  // Included in cache_write.
  std::optional<int64_t> thinking;
  std::optional<int64_t> web_searches;
  std::vector<Iteration> iterations;
  bool fell_back = false;         // A block of the reply reports that another model took over.
  bool has_other_prices = false;  // The tier, speed or region was not the standard one.

  [[nodiscard]] bool says_something() const { return input || output; }
  // Counts that `later` has replace the present ones.
  void update(const TokenCounts& later);
};

// Reads a `usage` object. Counts that it does not have stay unchanged in `usage`.
void read_usage(json::Value& value, TokenCounts& usage);

// `model` is the model that the reply names.
[[nodiscard]] chat::Usage to_chat_usage(const TokenCounts& usage, const std::string& model);

}  // namespace onellm::dialects::anthropic_messages
