// The top-level keys of a request, and those that become parameters of chat::Request.
#pragma once

#include <cstdint>
#include <string_view>

#include "chat/request.h"
#include "dialects/common/client/field_reader.h"

namespace onellm::dialects::anthropic_messages {

enum class RequestKey : uint8_t {
  kModel,
  kMessages,
  kMaxTokens,
  kSystem,
  kStream,
  kTools,
  kToolChoice,
  kThinking,
  kOutputConfig,
  kOutputFormat,
  kMetadata,
  kServiceTier,
  kStopSequences,
  kTemperature,
  kTopP,
  kTopK,
  kInferenceGeo,
  kOnellm,
  kUnknown,  // Kept as it is, not checked.
};

// The key as written in the text, with its escapes.
[[nodiscard]] RequestKey find_request_key(json::RawString key);

// These take the value of the key of that name; it is not null.
void take_max_tokens(FieldReader& fields, json::Value& value, chat::Request& request);
void take_number(FieldReader& fields, json::Value& value, std::string_view name, double most, chat::Request& request);
void take_stop_sequences(FieldReader& fields, json::Value& value, chat::Request& request);
void take_metadata(FieldReader& fields, json::Value& value, chat::Request& request);
void take_service_tier(FieldReader& fields, json::Value& value, chat::Request& request);
// True if the thinking is neither asked for with a budget nor in an unknown form: then other models lose nothing
// without it.
[[nodiscard]] bool take_thinking(FieldReader& fields, json::Value& value, chat::Request& request);
void take_output_config(FieldReader& fields, json::Value& value, chat::Request& request);
void take_output_format(FieldReader& fields, json::Value& value, chat::Request& request);

}  // namespace onellm::dialects::anthropic_messages
