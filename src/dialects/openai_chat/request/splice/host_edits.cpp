#include "dialects/openai_chat/request/splice/host_edits.h"

#include <algorithm>
#include <string>
#include <utility>

#include "base/text.h"
#include "dialects/common/request/raw_values.h"
#include "dialects/openai_chat/request/splice/tool_edits.h"
#include "json/reader.h"
#include "json/tokens.h"

namespace onellm::dialects::openai_chat {

namespace {

using chat::ResponseFormatKind;

constexpr std::string_view kAuto = R"("auto")";
constexpr std::string_view kJsonObject = R"({"type":"json_object"})";

// True if a message has the word "json". Hosts answer 400 to JSON mode without it.
// https://api-docs.deepseek.com/guides/json_mode
bool says_json(const chat::Request& request) {
  return std::any_of(request.messages.begin(), request.messages.end(), [](const chat::Message& message) {
    return std::any_of(message.parts.begin(), message.parts.end(), [](const chat::Part& part) {
      return ascii_lower(part.text.text).find("json") != std::string::npos;
    });
  });
}

}  // namespace

MemberEdit HostEdits::edit_of(json::RawString key, const ParameterRow& row, json::Raw value) const {
  switch (row.kind) {
    case ParameterKind::kTemperature: return clamp_temperature(value);
    case ParameterKind::kStop: return cut_stops(value);
    case ParameterKind::kToolChoice: return edit_choice(row.name, value.text);
    case ParameterKind::kOther:
      if (json::key_is(key, "response_format")) return edit_format();
      return json::key_is(key, "tools") ? edit_tools(request_.tools, host_, value.text) : MemberEdit();
    case ParameterKind::kModel:
    case ParameterKind::kMessages:
    case ParameterKind::kStream:
    case ParameterKind::kOnellm:
    case ParameterKind::kStreamOptions:
    case ParameterKind::kSampling:
    case ParameterKind::kMaxTokens:
    case ParameterKind::kMaxCompletionTokens:
    case ParameterKind::kEffort:
    case ParameterKind::kParallelCalls:
    case ParameterKind::kFunctions:
    case ParameterKind::kFunctionCall:
    case ParameterKind::kServiceTier:
    case ParameterKind::kCacheOptions:
    case ParameterKind::kOnlyOpenAi: break;
  }
  return {};
}

MemberEdit HostEdits::clamp_temperature(json::Raw value) const {
  const int64_t tenths = host_.temperature_tenths_max;
  if (tenths == 0 || !json::is_number(value.text)) return {};
  if (json::to_double(value.text) * 10 <= static_cast<double>(tenths)) return {};
  std::string most = std::to_string(tenths / 10);
  if (tenths % 10 != 0) most += "." + std::to_string(tenths % 10);
  return {.dropped = "temperature", .value = std::move(most)};
}

// Sends only the first texts, as many as the host accepts.
MemberEdit HostEdits::cut_stops(json::Raw value) const {
  if (host_.stops_max == 0 || !value.text.starts_with('[')) return {};
  std::string kept = first_elements(value, static_cast<size_t>(host_.stops_max));
  if (kept.empty()) return {};
  return {.dropped = "stop", .value = std::move(kept)};
}

bool HostEdits::refuses_choice() const {
  const chat::ToolChoice& choice = request_.tool_choice;
  if (host_.forced_tools == HostForce::kAny || !chat::is_forced(choice)) return false;
  return host_.forced_tools == HostForce::kNone || choice.kind != chat::ToolChoiceKind::kNamed;
}

MemberEdit HostEdits::edit_choice(std::string_view name, std::string_view value) const {
  const ForcedCall call = thinking_.forced_call();
  if (refuses_choice() || call == ForcedCall::kLowered) return {.dropped = name, .value = std::string(kAuto)};
  if (call == ForcedCall::kAsWritten) return {};
  return {.value = std::string(value) + "," + thinking_.off_member()};
}

// Replaces a schema that the host does not support by JSON mode, if the host and the messages allow that.
MemberEdit HostEdits::edit_format() const {
  const bool takes_objects = (host_.formats & kJsonObjects) != 0;
  const bool takes_schemas = (host_.formats & kJsonSchemas) != 0;
  switch (request_.response_format.kind) {
    case ResponseFormatKind::kJsonSchema:
      if (takes_schemas) return {};
      if (takes_objects && says_json(request_))
        return {.dropped = "response_format", .value = std::string(kJsonObject)};
      return {.cut = true, .dropped = "response_format"};
    case ResponseFormatKind::kJsonObject:
      return takes_objects ? MemberEdit() : MemberEdit{.cut = true, .dropped = "response_format"};
    case ResponseFormatKind::kUnset:
    case ResponseFormatKind::kText:
    case ResponseFormatKind::kForeign: break;
  }
  return {};
}

}  // namespace onellm::dialects::openai_chat
