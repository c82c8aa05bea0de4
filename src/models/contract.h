// What a model takes, by capability: the one place where the models of all providers differ. Dialects and
// providers ask for a capability, never for a name.
//
// Rule: Ids are open-ended. A name that no row knows follows its maker's newest
// models (Anthropic, Google), or keeps what the client wrote (OpenAI, where a name that says no family may be
// anything).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "models/efforts.h"

namespace onellm::models {

// Whose names a provider's models have. kNone: names say nothing, as those of a host that speaks OpenAI's format.
enum class Maker : uint8_t { kNone, kOpenAi, kAnthropic, kGoogle, kMoonshot };

enum class Reasoning : uint8_t {
  kUnknown,  // The name does not say.
  kNever,    // It refuses reasoning_effort.
  kIfAsked,
  kUnasked,
};

// How thinking is asked for.
enum class ThinkingForm : uint8_t {
  kNone,      // The model has none, or (OpenAI) words of effort alone.
  kBudget,    // A number of tokens.
  kAdaptive,  // Anthropic: {"type":"adaptive"}, and how much by output_config.effort.
  kLevel,     // Google: thinkingLevel.
};

// How the model is kept from thinking.
enum class ThinkingOff : uint8_t {
  kLeaveOut,      // It does not think unasked.
  kDisabled,      // {"type":"disabled"}
  kBetweenTools,  // {"type":"between_tools"}, the least it can be brought to.
  kZeroBudget,    // thinkingBudget 0.
  kMinimal,       // thinkingLevel MINIMAL.
  kNever,         // It always thinks; the lowest effort comes nearest.
};

// temperature, top_p, top_k; at OpenAI also the penalties, logit_bias and logprobs.
enum class Sampling : uint8_t {
  kFree,
  kOneOf,             // temperature or top_p, not both.
  kNoTemperature,     // All but temperature.
  kWithoutReasoning,  // While the effort is none; else the defaults.
  kOnlyDefaults,      // A value that is the default anyway.
  kRefused,           // Even that.
};

// A tool_choice that makes the model call a tool.
enum class ForcedTools : uint8_t { kFree, kUnlessThinking, kRefused };

// The provider's own web search.
enum class WebSearch : uint8_t {
  kNot,     // There is none.
  kAlone,   // Not beside functions.
  kBeside,  // Beside functions too.
};

struct Contract {
  // --- thinking ---
  Reasoning reasoning = Reasoning::kUnknown;
  EffortSet efforts = kAllEfforts;            // Words of effort, or levels, where chat is asked.
  EffortSet responses_efforts = kAllEfforts;  // OpenAI: on the Responses API.
  ThinkingForm thinking = ThinkingForm::kNone;
  ThinkingOff thinking_off = ThinkingOff::kLeaveOut;
  Effort off_effort_most = Effort::kMax;  // Anthropic: it can be kept from thinking up to this effort.
  int32_t budget_least = 0;               // Of a budget that is not 0,
  int32_t budget_most = 0;                // in tokens.
  bool signs_thoughts = false;            // Google: the first call of each step of the turn must bring its signature.

  // --- sampling ---
  Sampling sampling = Sampling::kFree;
  bool takes_stop = true;
  bool takes_penalties = true;  // Google: presencePenalty and frequencyPenalty.
  uint32_t choices_max = 128;   // Google: `n`.

  // --- tools ---
  ForcedTools forced_tools = ForcedTools::kFree;
  bool takes_schemas = true;            // Answers and calls by a JSON Schema. Google: else only the OpenAPI subset.
  bool takes_functions = true;          // OpenAI: the deprecated functions and function_call.
  bool takes_result_media = true;       // Google: functionResponse.parts.
  bool takes_json_beside_tools = true;  // Google: responseMimeType application/json.
  bool binds_thoughts = false;   // Anthropic: signed thinking counts only behind the conversation that it came of.
  bool hides_tool_talk = false;  // Anthropic: text between calls comes as thinking, empty unless it is asked for.
  WebSearch web_search = WebSearch::kBeside;

  // --- turns ---
  bool takes_prefill = true;         // The conversation may end with a message of the assistant.
  bool takes_system = true;          // Instructions have a place of their own; else the user says them.
  bool takes_inline_system = false;  // Anthropic: turns of role system within the conversation.
  bool takes_idle_reasoning = true;  // reasoning_content of past answers that called no tool.

  // --- media, Google ---
  bool takes_part_resolution = true;  // mediaResolution of one part.
  bool fetches_urls = true;           // fileData of any web address, not only of Google's own.
  bool takes_cached_content = true;   // A cache made before, by its name.

  // --- the API, OpenAI ---
  bool responses_only = false;        // Chat Completions does not know the model.
  bool tools_need_no_effort = false;  // Chat Completions refuses function tools unless the effort is none.
  bool takes_max_tokens = true;       // false: only by its newer name, max_completion_tokens.
  bool takes_flex = true;             // service_tier "flex",
  bool takes_priority = true;         // and "priority", or "fast".
  bool takes_cache_options = true;    // prompt_cache_options.

  // --- limits; 0: not known ---
  int64_t output_tokens_max = 0;
  int64_t context_tokens = 0;

  // --- what a deployment says of the model (overrides.h) ---
  const std::vector<std::string>* dropped = nullptr;  // Parameters that it does not get; null: none.
  bool is_overridden = false;                         // It says something.

  bool operator==(const Contract&) const = default;
};

// What the table says of a model, by the provider's own name for it. The name may stand behind a folder or a
// host's own words (`models/gemini-2.5-flash`, `anthropic.claude-opus-5`), and have a date, or an `@`, behind it.
[[nodiscard]] const Contract& contract_of(Maker maker, std::string_view model);

// True of names of one model: dates (`-20250929`), `-latest` and what follows an `@` do not count.
[[nodiscard]] bool is_same_model(std::string_view left, std::string_view right);

}  // namespace onellm::models
