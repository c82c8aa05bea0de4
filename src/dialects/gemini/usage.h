// Reads Gemini's token counts and converts them to the canonical usage. The tokens of tool results are not included in
// the prompt's count, and the tokens of thinking not in the answer's count.
// https://ai.google.dev/api/generate-content#UsageMetadata
#pragma once

#include <cstdint>

#include "chat/usage.h"
#include "json/reader.h"

namespace onellm::dialects::gemini {

// kNotSaid: the reply has not reported the count.
struct TokenCounts {
  static constexpr int64_t kNotSaid = -1;
  int64_t prompt = kNotSaid;
  int64_t tool_prompt = kNotSaid;
  int64_t cached = kNotSaid;
  int64_t candidates = kNotSaid;
  int64_t thoughts = kNotSaid;
  int64_t total = kNotSaid;
  // Tokens with another price than text.
  int64_t prompt_audio = kNotSaid;
  int64_t cached_audio = kNotSaid;
  int64_t candidates_audio = kNotSaid;
  int64_t candidates_images = kNotSaid;
  bool has_other_prices = false;  // The service tier was not the standard one.

  [[nodiscard]] bool says_something() const {
    return prompt != kNotSaid || candidates != kNotSaid || total != kNotSaid;
  }
  // Counts that `later` has replace the present ones.
  void update(const TokenCounts& later);
};

// Reads a `usageMetadata` object. `counts` must be new (all kNotSaid).
void read_counts(json::Value& value, TokenCounts& counts);

[[nodiscard]] chat::Usage to_chat_usage(const TokenCounts& counts);

}  // namespace onellm::dialects::gemini
