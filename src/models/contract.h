// The contract of a model: what it accepts, by capability. All differences between models are here.
//
// Rule: dialects and providers ask for a capability, never for a model name. Unknown names are accepted: they get the
// contract of the maker's newest models (Anthropic, Google), or one that keeps what the client wrote (all others).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "models/efforts.h"

namespace onellm::models {

// The company whose naming scheme a provider's models follow. kNone: unknown, as for most hosts of OpenAI's format.
enum class Maker : uint8_t { kNone, kOpenAi, kAnthropic, kGoogle, kMoonshot };

enum class Reasoning : uint8_t {
  kUnknown,  // The name does not show it.
  kNever,    // The model refuses reasoning_effort.
  kIfAsked,  // It reasons only if the request asks for it.
  kUnasked,  // It reasons by default.
};

// How a request asks for thinking.
enum class ThinkingForm : uint8_t {
  kNone,      // The model does not think, or (OpenAI) takes only a word of effort.
  kBudget,    // By a number of tokens.
  kAdaptive,  // Anthropic: {"type":"adaptive"}, with the amount in output_config.effort.
  kLevel,     // Google: thinkingLevel.
};

// How a request turns thinking off.
enum class ThinkingOff : uint8_t {
  kLeaveOut,      // By sending nothing: the model does not think by default.
  kDisabled,      // {"type":"disabled"}
  kBetweenTools,  // {"type":"between_tools"}: the lowest that the model allows.
  kZeroBudget,    // thinkingBudget 0.
  kMinimal,       // thinkingLevel MINIMAL.
  kNever,         // Impossible; the lowest effort is used instead.
};

// Which sampling parameters the model accepts: temperature, top_p, top_k; for OpenAI also the penalties, logit_bias and
// logprobs.
enum class Sampling : uint8_t {
  kFree,
  kOneOf,             // temperature or top_p, not both.
  kNoTemperature,     // All except temperature.
  kWithoutReasoning,  // All if the effort is none; else only default values.
  kOnlyDefaults,      // Only default values.
  kRefused,           // Not even default values.
};

// Whether the model accepts a tool_choice that forces a tool call.
enum class ForcedTools : uint8_t { kFree, kUnlessThinking, kRefused };

// The provider's own web search.
enum class WebSearch : uint8_t {
  kNot,     // The model has none.
  kAlone,   // Only in requests without functions.
  kBeside,  // Also in requests with functions.
};

struct Contract {
  // --- thinking ---
  Reasoning reasoning = Reasoning::kUnknown;
  EffortSet efforts = kAllEfforts;            // Words of effort, or levels, of the provider's chat API.
  EffortSet responses_efforts = kAllEfforts;  // OpenAI: on the Responses API.
  ThinkingForm thinking = ThinkingForm::kNone;
  ThinkingOff thinking_off = ThinkingOff::kLeaveOut;
  Effort off_effort_most = Effort::kMax;  // Anthropic: thinking can be turned off up to this effort.
  int32_t budget_least = 0;               // Lowest budget in tokens other than 0,
  int32_t budget_most = 0;                // and the highest.
  bool signs_thoughts = false;            // Google: the first call of each step of a turn needs its signature.

  // --- sampling ---
  Sampling sampling = Sampling::kFree;
  bool takes_stop = true;
  bool takes_penalties = true;  // Google: presencePenalty and frequencyPenalty.
  uint32_t choices_max = 128;   // Google: `n`.

  // --- tools ---
  ForcedTools forced_tools = ForcedTools::kFree;
  bool takes_schemas = true;            // JSON Schemas for answers and calls. Google: false: only the OpenAPI subset.
  bool takes_functions = true;          // OpenAI: the deprecated functions and function_call.
  bool takes_result_media = true;       // Google: functionResponse.parts.
  bool takes_json_beside_tools = true;  // Google: responseMimeType application/json.
  bool binds_thoughts = false;   // Anthropic: signed thinking is valid only after the conversation it was made for.
  bool hides_tool_talk = false;  // Anthropic: text between calls arrives as thinking, empty unless requested.
  WebSearch web_search = WebSearch::kBeside;

  // --- turns ---
  bool takes_prefill = true;         // The conversation may end with an assistant message.
  bool takes_system = true;          // There is a place for instructions; false: they become user messages.
  bool takes_inline_system = false;  // Anthropic: messages of role system inside the conversation.
  bool takes_idle_reasoning = true;  // reasoning_content of earlier answers without tool calls.

  // --- media, Google ---
  bool takes_part_resolution = true;  // mediaResolution of one part.
  bool fetches_urls = true;           // fileData with any web address; false: only Google's own.
  bool takes_cached_content = true;   // The name of a cache that was made before.

  // --- the API, OpenAI ---
  bool responses_only = false;        // Only the Responses API has the model; Chat Completions does not.
  bool tools_need_no_effort = false;  // Chat Completions refuses function tools unless the effort is none.
  bool takes_max_tokens = true;       // false: only the newer name, max_completion_tokens.
  bool takes_flex = true;             // service_tier "flex",
  bool takes_priority = true;         // and "priority", or "fast".
  bool takes_cache_options = true;    // prompt_cache_options.

  // --- limits; 0: not known ---
  int64_t output_tokens_max = 0;
  int64_t context_tokens = 0;

  // --- overrides of the deployment (overrides.h) ---
  const std::vector<std::string>* dropped = nullptr;  // Parameters that are not sent to the model; null: none.
  bool is_overridden = false;                         // The deployment has an override for the model.

  bool operator==(const Contract&) const = default;
};

// The contract of a model in the table, by the provider's name for it. A folder or a host's own words may precede the
// name (`models/gemini-2.5-flash`, `anthropic.claude-opus-5`); a date or an `@` may follow it.
[[nodiscard]] const Contract& contract_of(Maker maker, std::string_view model);

// True if both names mean the same model. Dates (`-20250929`), `-latest` and text after an `@` are ignored.
[[nodiscard]] bool is_same_model(std::string_view left, std::string_view right);

}  // namespace onellm::models
