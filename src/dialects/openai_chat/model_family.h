// What OpenAI's models accept, by family: one table, and no question by name elsewhere. Ids are read by
// their numbers, so that gpt-6 is not taken for an unknown gpt-5, and an id that says nothing of its
// family keeps what the client wrote.
// https://platform.openai.com/docs/guides/reasoning
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "chat/request.h"
#include "json/raw.h"

namespace onellm::dialects::openai {

// Words of reasoning_effort, in their order.
enum class Effort : uint8_t { kNone, kMinimal, kLow, kMedium, kHigh, kXhigh, kMax };

enum class Reasoning : uint8_t {
  kUnknown,  // The id does not say.
  kNever,    // Not a reasoning model: it refuses reasoning_effort.
  kIfAsked,
  kUnasked,
};

// temperature, top_p, the penalties, logit_bias and logprobs.
enum class Sampling : uint8_t {
  kFree,
  kNoTemperature,     // All but temperature.
  kWithoutReasoning,  // While the effort is none; else their defaults.
  kOnlyDefaults,      // A value that is the default anyway.
  kRefused,           // Even that.
};

struct FamilyRules {
  Reasoning reasoning = Reasoning::kUnknown;
  bool takes_no_effort = true;  // reasoning_effort "none".
  Effort effort_least = Effort::kMinimal;
  Effort effort_most = Effort::kMax;
  Sampling sampling = Sampling::kFree;
  bool takes_stop = true;
  bool takes_max_tokens = true;  // false: only by its newer name, max_completion_tokens.
  bool takes_system = true;      // Messages of the roles system and developer.
  bool takes_functions = true;   // The deprecated functions and function_call.

  bool takes_flex = true;             // service_tier "flex",
  bool takes_priority = true;         // and "priority", or "fast".
  bool takes_cache_options = true;    // prompt_cache_options.
  bool tools_need_no_effort = false;  // Chat Completions refuses function tools to it unless the effort is none.
  bool only_responses = false;        // Chat Completions does not know it at all.
};

// The rules for an id of OpenAI's: an alias, a dated snapshot, a fine-tuned model (those of its base).
[[nodiscard]] FamilyRules rules_of(std::string_view model);

// Nothing for a word that is not known here.
[[nodiscard]] std::optional<Effort> find_effort(json::RawString word);
[[nodiscard]] std::string_view effort_word(Effort effort);

// The nearest effort that the model accepts.
[[nodiscard]] Effort nearest_effort(const FamilyRules& rules, Effort asked);

// True if the model would reason before it answers this request.
[[nodiscard]] bool reasons_on(const FamilyRules& rules, const chat::Request& request);

// True if the model answers this request only on the Responses API: some models any request, others function
// tools together with reasoning. False where the id does not say its family.
[[nodiscard]] bool needs_responses(const chat::Request& request, std::string_view model);

}  // namespace onellm::dialects::openai
