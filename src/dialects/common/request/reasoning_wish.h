// Reads how the client wants the model to think (the "wish"). Clients say it in several formats: OpenAI's
// `reasoning_effort`, OpenRouter's and the Responses API's `reasoning`, Anthropic's `thinking` and
// `output_config.effort`, Google's `thinking_config`. Each dialect writes the nearest form that the model accepts.
// https://openrouter.ai/docs/use-cases/reasoning-tokens
// https://docs.claude.com/en/docs/build-with-claude/extended-thinking
// https://ai.google.dev/gemini-api/docs/thinking
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "chat/request.h"
#include "models/efforts.h"

namespace onellm::dialects {

// How the model should think.
enum class ThinkingWish : uint8_t {
  kUnsaid,
  kOff,
  kOn,            // Without a limit.
  kBudget,        // Up to a number of tokens.
  kBetweenTools,  // Anthropic's: only between tool calls.
  kOther,         // An unknown form of `thinking`; only the provider that defined it can read it.
};

struct ReasoningWish {
  ThinkingWish thinking = ThinkingWish::kUnsaid;
  int64_t budget_tokens = 0;          // kBudget
  std::string_view thinking_said_by;  // The parameter that set it, such as "thinking".
  std::string effort;                 // The JSON string's content; empty: not set. Never "none".
  std::string_view effort_said_by;    // The parameter that set it: "reasoning_effort", "output_config.effort".
  bool is_hidden = false;             // The client does not want the reasoning in the answer.
  bool is_shown = false;              // The client wants the reasoning in the answer.
  std::string own_members;            // Other members of Anthropic's `thinking`, as JSON: `"display":…`.
  std::string_view overruled;         // A parameter that was ignored: another one contradicts it. Empty: none.

  // True if the model should think.
  [[nodiscard]] bool wants_thinking() const {
    return !effort.empty() || thinking == ThinkingWish::kOn || thinking == ThinkingWish::kBudget ||
           thinking == ThinkingWish::kBetweenTools || thinking == ThinkingWish::kOther;
  }
  // The parameter that set the effort, else the one that set the thinking; empty if none did.
  [[nodiscard]] std::string_view said_by() const { return effort.empty() ? thinking_said_by : effort_said_by; }
};

// If `thinking` and an effort contradict each other, `thinking` wins.
[[nodiscard]] ReasoningWish read_reasoning_wish(const chat::Request& request);

// The same for models of other providers than Anthropic: an effort that a client of Messages names wins over
// `thinking`, because there is only one scale.
[[nodiscard]] ReasoningWish read_wish_on_one_scale(const chat::Request& request);

// The effort that is nearest to a budget in tokens.
[[nodiscard]] models::Effort effort_of_budget(int64_t tokens);

// The wish as one effort, for models that support only efforts. nullopt if the client sets no level, or if the word
// is unknown.
[[nodiscard]] std::optional<models::Effort> effort_of(const ReasoningWish& wish);

// True of a request key that only sets reasoning. `reasoning_effort` is not one of them.
[[nodiscard]] bool is_reasoning_key(json::RawString key);

// The same for the name of a chat::Parameter, which has no JSON escapes.
[[nodiscard]] bool is_reasoning_parameter(std::string_view name);

}  // namespace onellm::dialects
