// The kinds of top-level members, as far as the encoder treats them differently.
#pragma once

#include <cstdint>
#include <string_view>

#include "json/raw.h"

namespace onellm::dialects::openai_chat {

enum class ParameterKind : uint8_t {
  kOther,
  // Settings cannot change these.
  kModel,
  kMessages,
  kStream,
  kOnellm,

  kStreamOptions,
  kTemperature,
  kSampling,  // Other sampling parameters, and logprobs.
  kStop,
  kMaxTokens,
  kMaxCompletionTokens,
  kEffort,
  kToolChoice,
  kParallelCalls,
  kFunctions,
  kFunctionCall,
  // Only OpenAI has these.
  kServiceTier,
  kCacheOptions,
  kOnlyOpenAi,
};

// True for a limit of the output.
[[nodiscard]] inline bool is_limit(ParameterKind kind) {
  return kind == ParameterKind::kMaxTokens || kind == ParameterKind::kMaxCompletionTokens;
}

struct ParameterRow {
  std::string_view name;
  ParameterKind kind = ParameterKind::kOther;
};

// The row of a key as written in the text; the name of kOther is empty.
[[nodiscard]] const ParameterRow& parameter_row(json::RawString key);

}  // namespace onellm::dialects::openai_chat
