#include "dialects/common/refusals/optional_parameters.h"

#include <algorithm>
#include <iterator>

namespace onellm::dialects {

namespace {

constexpr std::string_view kEffort[] = {"reasoning_effort", "reasoning", "thinking"};
constexpr std::string_view kVerbosity[] = {"verbosity"};
constexpr std::string_view kTopP[] = {"top_p"};
constexpr std::string_view kTopK[] = {"top_k"};
constexpr std::string_view kPresence[] = {"presence_penalty"};
constexpr std::string_view kFrequency[] = {"frequency_penalty"};
constexpr std::string_view kPenalties[] = {"presence_penalty", "frequency_penalty"};
constexpr std::string_view kLogprobs[] = {"logprobs", "top_logprobs"};
constexpr std::string_view kTier[] = {"service_tier"};
constexpr std::string_view kUser[] = {"user"};

// Not in the table: limits, texts to stop at, tools and tool choice, response format, number of answers, and output
// media. Without them the answer would be a different one. Unknown parameters are not in it either.
constexpr OptionalParameter kRows[] = {
    // https://platform.openai.com/docs/api-reference/chat/create
    {.theirs = "temperature"},
    {.theirs = "top_p"},
    {.theirs = "presence_penalty"},
    {.theirs = "frequency_penalty"},
    {.theirs = "seed"},
    {.theirs = "logit_bias"},
    {.theirs = "logprobs", .ours = kLogprobs},
    {.theirs = "top_logprobs"},
    {.theirs = "user"},
    {.theirs = "metadata"},
    {.theirs = "store", .is_own = true},
    {.theirs = "stream_options", .is_own = true},
    {.theirs = "service_tier"},
    {.theirs = "safety_identifier"},
    {.theirs = "prompt_cache_key"},
    {.theirs = "prompt_cache_options"},
    {.theirs = "prompt_cache_retention"},
    {.theirs = "prediction"},
    {.theirs = "verbosity"},
    {.theirs = "parallel_tool_calls", .only_value = "true"},  // The default. With false there is only one call.
    {.theirs = "reasoning_effort", .ours = kEffort},
    // https://platform.openai.com/docs/api-reference/responses/create
    {.theirs = "reasoning.effort", .ours = kEffort},
    {.theirs = "reasoning", .ours = kEffort},
    {.theirs = "text.verbosity", .ours = kVerbosity},
    {.theirs = "include", .is_own = true},
    // https://docs.claude.com/en/api/messages
    {.theirs = "top_k"},
    {.theirs = "thinking", .ours = kEffort},
    {.theirs = "thinking.block_binding", .is_own = true},
    {.theirs = "effort", .ours = kEffort},
    {.theirs = "output_config.effort", .ours = kEffort},
    {.theirs = "metadata.user_id", .ours = kUser},
    {.theirs = "cache_control"},
    // https://ai.google.dev/api/generate-content#generationconfig
    {.theirs = "topP", .ours = kTopP},
    {.theirs = "topK", .ours = kTopK},
    {.theirs = "presencePenalty", .ours = kPresence},
    {.theirs = "frequencyPenalty", .ours = kFrequency},
    {.theirs = "Penalty", .ours = kPenalties},
    {.theirs = "responseLogprobs", .ours = kLogprobs},
    {.theirs = "Logprobs", .ours = kLogprobs},
    {.theirs = "serviceTier", .ours = kTier},
    {.theirs = "thinkingConfig", .ours = kEffort},
    {.theirs = "thinkingLevel", .ours = kEffort},
    {.theirs = "thinkingBudget", .ours = kEffort},
    // https://docs.vllm.ai/en/latest/serving/openai_compatible_server.html,
    // https://openrouter.ai/docs/api-reference/parameters
    {.theirs = "min_p"},
    {.theirs = "top_a"},
    {.theirs = "typical_p"},
    {.theirs = "repetition_penalty"},
    {.theirs = "length_penalty"},
    {.theirs = "mirostat"},
    {.theirs = "transforms"},
    {.theirs = "include_reasoning"},
    {.theirs = "chat_template_kwargs"},
    // https://docs.mistral.ai/api, https://console.groq.com/docs/reasoning,
    // https://www.alibabacloud.com/help/en/model-studio
    {.theirs = "random_seed"},
    {.theirs = "reasoning_format"},
    {.theirs = "enable_thinking"},
    {.theirs = "thinking_budget"},
};

}  // namespace

const OptionalParameter* find_optional_parameter(std::string_view theirs) {
  const auto* const row =
      std::find_if(std::begin(kRows), std::end(kRows), [theirs](const auto& known) { return known.theirs == theirs; });
  return row == std::end(kRows) ? nullptr : row;
}

}  // namespace onellm::dialects
