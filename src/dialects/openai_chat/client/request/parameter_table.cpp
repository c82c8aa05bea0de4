#include "dialects/openai_chat/client/request/parameter_table.h"

#include <algorithm>
#include <iterator>
#include <limits>

namespace onellm::dialects::openai_chat {

namespace {

constexpr int64_t kLowest = std::numeric_limits<int64_t>::min();
constexpr int64_t kHighest = std::numeric_limits<int64_t>::max();
constexpr size_t kStopSequencesMax = 4;
constexpr double kBiasMax = 100;

constexpr RequestKeyRow parameter(std::string_view name, ParameterShape shape, int64_t least = 0, int64_t most = 0) {
  return {.name = name, .key = RequestKey::kParameter, .shape = shape, .least = least, .most = most};
}

// In the order of how often clients send them.
constexpr RequestKeyRow kRows[] = {
    {.name = "model", .key = RequestKey::kModel},
    {.name = "messages", .key = RequestKey::kMessages},
    {.name = "stream", .key = RequestKey::kStream},
    {.name = "tools", .key = RequestKey::kTools},
    {.name = "tool_choice", .key = RequestKey::kToolChoice},
    {.name = "stream_options", .key = RequestKey::kStreamOptions},
    {.name = "response_format", .key = RequestKey::kResponseFormat},
    {.name = "n", .key = RequestKey::kN},
    {.name = "onellm", .key = RequestKey::kOnellm},
    {.name = "functions", .key = RequestKey::kFunctions},
    {.name = "function_call", .key = RequestKey::kFunctionCall},
    parameter("temperature", ParameterShape::kNumber, 0, 2),
    parameter("top_p", ParameterShape::kNumber, 0, 1),
    parameter("max_tokens", ParameterShape::kInteger, 1, kHighest),
    parameter("max_completion_tokens", ParameterShape::kInteger, 1, kHighest),
    parameter("stop", ParameterShape::kStop),
    parameter("presence_penalty", ParameterShape::kNumber, -2, 2),
    parameter("frequency_penalty", ParameterShape::kNumber, -2, 2),
    parameter("seed", ParameterShape::kInteger, kLowest, kHighest),
    parameter("user", ParameterShape::kText),
    parameter("parallel_tool_calls", ParameterShape::kBoolean),
    parameter("reasoning_effort", ParameterShape::kText),
    parameter("verbosity", ParameterShape::kText),
    parameter("logit_bias", ParameterShape::kBias),
    parameter("logprobs", ParameterShape::kBoolean),
    parameter("top_logprobs", ParameterShape::kInteger, 0, 20),
    parameter("metadata", ParameterShape::kTextMap),
    parameter("store", ParameterShape::kBoolean),
    parameter("service_tier", ParameterShape::kText),
    parameter("safety_identifier", ParameterShape::kText),
    parameter("prompt_cache_key", ParameterShape::kText),
    parameter("prompt_cache_options", ParameterShape::kObject),
    parameter("prompt_cache_retention", ParameterShape::kText),
    parameter("prediction", ParameterShape::kObject),
    parameter("modalities", ParameterShape::kTexts),
    parameter("audio", ParameterShape::kObject),
    parameter("web_search_options", ParameterShape::kObject),
    parameter("moderation", ParameterShape::kObject),
};
constexpr RequestKeyRow kUnknownRow{.name = "", .key = RequestKey::kUnknown};

const RequestKeyRow& find_row(std::string_view name) {
  const auto is_it = [name](const RequestKeyRow& row) { return row.name == name; };
  const auto* const row = std::find_if(std::begin(kRows), std::end(kRows), is_it);
  return row == std::end(kRows) ? kUnknownRow : *row;
}

void check_texts(FieldReader& fields, json::Value& value) {
  fields.elements(value, [&](json::Value& element) {
    json::RawString ignored;
    fields.text(element, ignored);
  });
}

void check_stop(FieldReader& fields, json::Value& value) {
  if (value.type() == json::Type::kString) return;
  if (value.type() != json::Type::kArray) return fields.complain("must be a string or an array of strings");
  size_t count = 0;
  fields.elements(value, [&](json::Value& element) {
    ++count;
    json::RawString ignored;
    fields.text(element, ignored);
  });
  if (count == 0) fields.note_out_of_range("must hold 1 to 4 strings");
  if (count > kStopSequencesMax) fields.note_unusual("must hold 1 to 4 strings");
}

void check_bias(FieldReader& fields, json::Value& value) {
  fields.all_members(value,
                     [&](json::RawString, json::Value& bias) { fields.ranged_number(bias, -kBiasMax, kBiasMax); });
}

void check_text_map(FieldReader& fields, json::Value& value) {
  fields.members(value, [&](json::RawString, json::Value& member) {
    if (member.type() != json::Type::kString) fields.note_unusual("must be a string");
  });
}

}  // namespace

const RequestKeyRow& find_request_key(json::RawString key) {
  const RequestKeyRow& row = find_row(key.text);
  if (&row != &kUnknownRow || key.text.find('\\') == key.text.npos) return row;
  return find_row(json::unescape(key));
}

void check_parameter(const RequestKeyRow& row, FieldReader& fields, json::Value& value) {
  json::RawString text;
  json::Raw object;
  bool boolean = false;
  switch (row.shape) {
    case ParameterShape::kAny: return;
    case ParameterShape::kNumber:
      return fields.ranged_number(value, static_cast<double>(row.least), static_cast<double>(row.most));
    case ParameterShape::kInteger: return fields.ranged_integer(value, row.least, row.most);
    case ParameterShape::kBoolean: return fields.boolean(value, boolean);
    case ParameterShape::kText: return fields.text(value, text);
    case ParameterShape::kObject: return fields.object(value, object);
    case ParameterShape::kTexts: return check_texts(fields, value);
    case ParameterShape::kTextMap: return check_text_map(fields, value);
    case ParameterShape::kStop: return check_stop(fields, value);
    case ParameterShape::kBias: return check_bias(fields, value);
  }
}

}  // namespace onellm::dialects::openai_chat
