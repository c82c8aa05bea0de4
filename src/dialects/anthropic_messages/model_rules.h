// What a Claude model accepts, by capability: one row each model, and no question by name elsewhere.
// https://docs.claude.com/en/docs/about-claude/models/overview
#pragma once

#include <cstdint>
#include <string_view>

namespace onellm::dialects::anthropic {

// How thinking is asked for.
enum class ThinkingForm : uint8_t {
  kNone,      // The model has none.
  kBudget,    // {"type":"enabled","budget_tokens"}
  kAdaptive,  // {"type":"adaptive"}, and how much by output_config.effort.
  kUnasked,   // Likewise, and without being asked too.
};

// How it is kept from thinking.
enum class ThinkingOff : uint8_t {
  kLeaveOut,      // It does not think unasked.
  kDisabled,      // {"type":"disabled"}
  kBetweenTools,  // {"type":"between_tools"}, the least it can be brought to.
  kNever,         // It always thinks; the lowest effort comes nearest.
};

// temperature, top_p and top_k.
enum class Sampling : uint8_t {
  kFree,
  kOneOf,  // temperature or top_p, not both
  kRefused,
};

// A tool_choice that makes the model call a tool.
enum class ForcedTools : uint8_t {
  kFree,
  kUnlessThinking,
  kRefused,
};

struct ModelRules {
  std::string_view prefix;  // Of the names it holds for, behind "claude-" and up to a date or a word.
  int64_t output_tokens_max;
  ThinkingForm thinking;
  ThinkingOff thinking_off;
  Sampling sampling;
  ForcedTools forced_tools;
  bool prefill;        // The conversation may end with a message of the assistant.
  bool json_schema;    // output_config.format, and tools with `strict`
  bool xhigh_effort;   // Between high and max.
  bool inline_system;  // Messages of role system within the conversation.
};

// The row with the longest prefix; a name that no row knows follows the newest rules.
[[nodiscard]] const ModelRules& rules_of(std::string_view model);

// True of names of one model: dates (`-20250929`), `-latest` and what follows an `@` do not count.
[[nodiscard]] bool is_same_model(std::string_view left, std::string_view right);

}  // namespace onellm::dialects::anthropic
