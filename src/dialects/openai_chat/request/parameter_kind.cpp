#include "dialects/openai_chat/request/parameter_kind.h"

#include "json/reader.h"

namespace onellm::dialects::openai_chat {

namespace {

using K = ParameterKind;

// In the order of how often clients send them.
constexpr ParameterRow kRows[] = {
    {"model", K::kModel},
    {"messages", K::kMessages},
    {"stream", K::kStream},
    {"onellm", K::kOnellm},
    {"stream_options", K::kStreamOptions},
    {"temperature", K::kTemperature},
    {"top_p", K::kSampling},
    {"max_tokens", K::kMaxTokens},
    {"max_completion_tokens", K::kMaxCompletionTokens},
    {"stop", K::kStop},
    {"presence_penalty", K::kSampling},
    {"frequency_penalty", K::kSampling},
    {"parallel_tool_calls", K::kParallelCalls},
    {"tool_choice", K::kToolChoice},
    {"reasoning_effort", K::kEffort},
    {"verbosity", K::kOnlyOpenAi},
    {"logit_bias", K::kSampling},
    {"logprobs", K::kSampling},
    {"top_logprobs", K::kSampling},
    {"metadata", K::kOnlyOpenAi},
    {"store", K::kOnlyOpenAi},
    {"service_tier", K::kServiceTier},
    {"prompt_cache_key", K::kOnlyOpenAi},
    {"prompt_cache_options", K::kCacheOptions},
    {"prompt_cache_retention", K::kOnlyOpenAi},
    {"prediction", K::kOnlyOpenAi},
    {"moderation", K::kOnlyOpenAi},
    {"functions", K::kFunctions},
    {"function_call", K::kFunctionCall},
};
constexpr ParameterRow kOtherRow{};

}  // namespace

const ParameterRow& parameter_row(json::RawString key) {
  const bool is_plain = key.text.find('\\') == key.text.npos;
  for (const ParameterRow& row : kRows) {
    if (is_plain ? key.text == row.name : json::key_is(key, row.name)) return row;
  }
  return kOtherRow;
}

}  // namespace onellm::dialects::openai_chat
