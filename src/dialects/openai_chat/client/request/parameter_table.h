// The top-level keys of a Chat Completions request, and the checks for each.
// https://platform.openai.com/docs/api-reference/chat/create
//
// Rule: Types and OpenAI's ranges are checked here, so that a mistake is reported before anything is sent. Word lists
// that providers often extend (reasoning_effort, service_tier …) are left to the providers.
#pragma once

#include <cstdint>
#include <string_view>

#include "dialects/common/client/field_reader.h"
#include "json/reader.h"

namespace onellm::dialects::openai_chat {

// How a top-level key is read.
enum class RequestKey : uint8_t {
  kModel,
  kMessages,
  kTools,
  kFunctions,
  kToolChoice,
  kFunctionCall,
  kResponseFormat,
  kN,
  kStream,
  kStreamOptions,
  kOnellm,
  kParameter,  // Checked by its row and kept raw.
  kUnknown,    // Not one of OpenAI's keys: kept raw, not checked.
};

enum class ParameterShape : uint8_t {
  kAny,
  kNumber,
  kInteger,
  kBoolean,
  kText,
  kObject,
  kTexts,
  kTextMap,
  kStop,
  kBias
};

struct RequestKeyRow {
  std::string_view name;
  RequestKey key = RequestKey::kParameter;
  ParameterShape shape = ParameterShape::kAny;
  int64_t least = 0;  // kNumber, kInteger
  int64_t most = 0;
};

// The row of a key as written in the text, escapes included; the row of kUnknown if there is none.
[[nodiscard]] const RequestKeyRow& find_request_key(json::RawString key);

// Checks the value of a kParameter key.
void check_parameter(const RequestKeyRow& row, FieldReader& fields, json::Value& value);

}  // namespace onellm::dialects::openai_chat
