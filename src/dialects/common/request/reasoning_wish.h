// What the client wants of the model's thinking, in whichever words it says so: OpenAI's `reasoning_effort`,
// OpenRouter's and the Responses API's `reasoning`, Anthropic's `thinking` and `output_config.effort`, Google's
// `thinking_config`. Each dialect turns the wish into the nearest form that the model takes.
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

// How the model is to think.
enum class ThinkingWish : uint8_t {
  kUnsaid,
  kOff,
  kOn,            // As much as it likes.
  kBudget,        // Up to a number of tokens.
  kBetweenTools,  // Anthropic's: only there.
  kOther,         // A form that is not known here; only its maker can judge it.
};

struct ReasoningWish {
  ThinkingWish thinking = ThinkingWish::kUnsaid;
  int64_t budget_tokens = 0;          // kBudget
  std::string_view thinking_said_by;  // The parameter: "thinking".
  std::string effort;                 // The word, as it stands between quotes; empty: unsaid. Never "none".
  std::string_view effort_said_by;    // The parameter: "reasoning_effort", "output_config.effort".
  bool is_hidden = false;             // What was thought shall not be in the answer.
  bool is_shown = false;              // It shall.
  std::string own_members;            // Of Anthropic's `thinking` beside its type and budget, as JSON: `"display":…`.
  std::string_view overruled;         // A parameter that another one contradicts; empty: none.

  // True where the model is to think.
  [[nodiscard]] bool wants_thinking() const {
    return !effort.empty() || thinking == ThinkingWish::kOn || thinking == ThinkingWish::kBudget ||
           thinking == ThinkingWish::kBetweenTools || thinking == ThinkingWish::kOther;
  }
  // The parameter that says most; empty where nothing is said.
  [[nodiscard]] std::string_view said_by() const { return effort.empty() ? thinking_said_by : effort_said_by; }
};

// Where thinking and effort contradict each other, the client's own `thinking` counts.
[[nodiscard]] ReasoningWish read_reasoning_wish(const chat::Request& request);

// What a budget is worth as an effort.
[[nodiscard]] models::Effort effort_of_budget(int64_t tokens);

// The wish as one effort, for models that know nothing else. Nothing where the model shall do as it likes, or where
// the word is not known here.
[[nodiscard]] std::optional<models::Effort> effort_of(const ReasoningWish& wish);

// True of a key of the client that only says such a wish, apart from `reasoning_effort`.
[[nodiscard]] bool is_reasoning_key(json::RawString key);

// The same of a chat::Parameter, whose name has no escapes of JSON.
[[nodiscard]] bool is_reasoning_parameter(std::string_view name);

}  // namespace onellm::dialects
