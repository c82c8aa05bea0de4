// Token counts as Gemini gives them: what tools brought to the prompt and what was thought stand beside the
// counts of the prompt and of the answer, not in them.
// https://ai.google.dev/api/generate-content#UsageMetadata
#pragma once

#include <cstdint>

#include "chat/usage.h"
#include "json/reader.h"

namespace onellm::dialects::gemini {

// kNotSaid where one is absent.
struct TokenCounts {
  static constexpr int64_t kNotSaid = -1;
  int64_t prompt = kNotSaid;
  int64_t tool_prompt = kNotSaid;
  int64_t cached = kNotSaid;
  int64_t candidates = kNotSaid;
  int64_t thoughts = kNotSaid;
  int64_t total = kNotSaid;
  // What is paid for otherwise than text.
  int64_t prompt_audio = kNotSaid;
  int64_t cached_audio = kNotSaid;
  int64_t candidates_audio = kNotSaid;
  int64_t candidates_images = kNotSaid;
  bool has_other_prices = false;  // Another tier than the standard one served it.

  [[nodiscard]] bool says_something() const {
    return prompt != kNotSaid || candidates != kNotSaid || total != kNotSaid;
  }
  // What `later` says replaces what was said.
  void update(const TokenCounts& later);
};

// Reads a `usageMetadata` object into counts that say nothing yet.
void read_counts(json::Value& value, TokenCounts& counts);

[[nodiscard]] chat::Usage to_chat_usage(const TokenCounts& counts);

}  // namespace onellm::dialects::gemini
