// The top-level members of a request that the encoder treats in a way of their own, told apart.
#pragma once

#include <cstdint>
#include <string_view>

#include "json/raw.h"

namespace onellm::dialects::openai_chat {

enum class ParameterKind : uint8_t {
  kOther,
  // Not for settings to change.
  kModel,
  kMessages,
  kStream,
  kOnellm,

  kStreamOptions,
  kTemperature,
  kSampling,  // What else chooses among tokens, or tells of that.
  kStop,
  kMaxTokens,
  kMaxCompletionTokens,
  kEffort,
  kToolChoice,
  kParallelCalls,
  kFunctions,
  kFunctionCall,
  // Those that only OpenAI has.
  kServiceTier,
  kCacheOptions,
  kOnlyOpenAi,
};

struct ParameterRow {
  std::string_view name;
  ParameterKind kind = ParameterKind::kOther;
};

// The row of a key as it stands in the text; the name of kOther is empty.
[[nodiscard]] const ParameterRow& parameter_row(json::RawString key);

// True of a parameter that settings may leave out or rename: not of those without which it is no request,
// and not of the gateway's own.
[[nodiscard]] bool is_settable_parameter(std::string_view name);

}  // namespace onellm::dialects::openai_chat
