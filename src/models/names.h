// Reads the name of a model: its line of models, its version, and the words after it. The version is a number, so that
// the table can have ranges of versions and gpt-6 is not taken for gpt-5.
#pragma once

#include <cstdint>
#include <string_view>

#include "models/contract.h"

namespace onellm::models {

enum class Line : uint8_t {
  kOther,  // The name shows no known line.
  kO,
  kGpt,
  kOmni,    // gpt-4o
  kClaude,  // The first generations: claude-2.1, claude-3-5-sonnet.
  kInstant,
  kHaiku,
  kSonnet,
  kOpus,
  kFable,
  kMythos,
  kGemini,
  kGemma,
  kDeepseek,
  kDeepseekReasoner,
  kKimi,
};

// gpt-5.4-pro is {kGpt, 504, "-pro"}, claude-opus-5-5 is {kOpus, 505, ""}, o3 is {kO, 300, ""}.
struct Name {
  Line line = Line::kOther;
  uint32_t version = 0;      // Major * 100 + minor; 0: the name has none.
  std::string_view variant;  // Empty, or words that each have a dash before them.
};

[[nodiscard]] Name read_name(Maker maker, std::string_view model);

// True if `word` is one of the words of a variant.
[[nodiscard]] bool has_word(std::string_view variant, std::string_view word);

}  // namespace onellm::models
