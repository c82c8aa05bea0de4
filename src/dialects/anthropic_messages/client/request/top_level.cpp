#include "dialects/anthropic_messages/client/request/top_level.h"

#include <limits>
#include <string>

#include "dialects/common/request/raw_values.h"
#include "dialects/common/schema/strict_schema.h"

namespace onellm::dialects::anthropic_messages {

namespace {

using json::key_is;

struct KeyRow {
  std::string_view name;
  RequestKey key;
};
// In the order of how often clients send them.
constexpr KeyRow kKeys[] = {
    {"model", RequestKey::kModel},
    {"messages", RequestKey::kMessages},
    {"max_tokens", RequestKey::kMaxTokens},
    {"system", RequestKey::kSystem},
    {"stream", RequestKey::kStream},
    {"tools", RequestKey::kTools},
    {"tool_choice", RequestKey::kToolChoice},
    {"thinking", RequestKey::kThinking},
    {"output_config", RequestKey::kOutputConfig},
    {"metadata", RequestKey::kMetadata},
    {"temperature", RequestKey::kTemperature},
    {"stop_sequences", RequestKey::kStopSequences},
    {"top_p", RequestKey::kTopP},
    {"top_k", RequestKey::kTopK},
    {"service_tier", RequestKey::kServiceTier},
    {"output_format", RequestKey::kOutputFormat},
    {"inference_geo", RequestKey::kInferenceGeo},
    {"onellm", RequestKey::kOnellm},
};

// The API has no name for the format of an answer; others require one.
constexpr json::RawString kFormatName{"response"};

// {"type":"json_schema","schema":{…}}
void take_format(FieldReader& fields, json::Value& value, chat::Request& request) {
  chat::ResponseFormat format;
  json::RawString type;
  fields.members(value, [&](json::RawString key, json::Value& member) {
    if (key_is(key, "type")) fields.text(member, type);
    if (key_is(key, "schema")) fields.object(member, format.schema);
  });
  fields.require(type.text.data() != nullptr, "type");
  if (fields.complained()) return;
  if (!key_is(type, "json_schema")) return fields.note_foreign_type();
  fields.require(!format.schema.empty(), "schema");
  if (fields.complained()) return;
  format.kind = chat::ResponseFormatKind::kJsonSchema;
  format.name = kFormatName;
  format.strict = may_be_strict(format.schema);
  request.response_format = format;
}

void leave_out(std::string_view object, json::RawString key, chat::Request& request) {
  request.source.left_out.push_back(std::string(object) + "." + json::unescape(key));
}

}  // namespace

RequestKey find_request_key(json::RawString key) {
  for (const KeyRow& row : kKeys) {
    if (key_is(key, row.name)) return row.key;
  }
  return RequestKey::kUnknown;
}

// 0 only fills the prompt cache. Other APIs cannot do that.
void take_max_tokens(FieldReader& fields, json::Value& value, chat::Request& request) {
  int64_t tokens = 0;
  fields.integer(value, 0, std::numeric_limits<int64_t>::max(), tokens);
  if (fields.complained()) return;
  if (tokens == 0) fields.note_out_of_range("must be at least 1 for this model");
  request.parameters.push_back({.name = "max_tokens", .value = value.whole()});
}

void take_number(FieldReader& fields, json::Value& value, std::string_view name, double most, chat::Request& request) {
  fields.ranged_number(value, 0, most);
  if (!fields.complained()) request.parameters.push_back({.name = name, .value = value.whole()});
}

void take_stop_sequences(FieldReader& fields, json::Value& value, chat::Request& request) {
  bool has_any = false;
  fields.elements(value, [&](json::Value& element) {
    json::RawString text;
    fields.text(element, text);
    has_any = true;
  });
  if (!fields.complained() && has_any) request.parameters.push_back({.name = "stop", .value = value.whole()});
}

void take_metadata(FieldReader& fields, json::Value& value, chat::Request& request) {
  fields.members(value, [&](json::RawString key, json::Value& member) {
    if (!key_is(key, "user_id")) return leave_out("metadata", key, request);
    json::RawString user;
    fields.text(member, user);
    if (fields.complained() || user.empty()) return;
    request.parameters.push_back({.name = "user", .value = {{user.text.data() - 1, user.text.size() + 2}}});
  });
}

void take_service_tier(FieldReader& fields, json::Value& value, chat::Request& request) {
  json::RawString tier;
  fields.text(value, tier);
  if (fields.complained() || key_is(tier, "auto")) return;  // Every API's default.
  if (key_is(tier, "standard_only")) {
    request.parameters.push_back({.name = "service_tier", .value = {R"("default")"}});
  } else {
    request.source.left_out.emplace_back("service_tier");
  }
}

bool take_thinking(FieldReader& fields, json::Value& value, chat::Request& request) {
  json::RawString type;
  json::RawString display;
  int64_t budget = 0;
  bool has_budget = false;
  fields.members(value, [&](json::RawString key, json::Value& member) {
    if (key_is(key, "type")) {
      fields.text(member, type);
    } else if (key_is(key, "budget_tokens")) {
      has_budget = true;
      fields.integer(member, 1, std::numeric_limits<int64_t>::max(), budget);
    } else if (key_is(key, "display")) {
      fields.text(member, display);
    }
  });
  fields.require(type.text.data() != nullptr, "type");
  const bool is_enabled = key_is(type, "enabled");
  if (is_enabled) fields.require(has_budget, "budget_tokens");
  if (!fields.complained()) request.unknown.push_back({.name = "thinking", .value = value.whole()});
  request.hides_thoughts = key_is(type, "disabled") || key_is(display, "omitted");
  return key_is(type, "adaptive") || key_is(type, "between_tools") || key_is(type, "disabled");
}

// The effort stays there: dialects/common/request/reasoning_wish.h reads it.
void take_output_config(FieldReader& fields, json::Value& value, chat::Request& request) {
  fields.members(value, [&](json::RawString key, json::Value& member) {
    json::RawString effort;
    if (key_is(key, "effort")) return fields.text(member, effort);
    if (key_is(key, "format")) return take_format(fields, member, request);
    leave_out("output_config", key, request);
  });
  if (!fields.complained()) request.unknown.push_back({.name = "output_config", .value = value.whole()});
}

// The older place of output_config.format.
void take_output_format(FieldReader& fields, json::Value& value, chat::Request& request) {
  take_format(fields, value, request);
  if (!fields.complained()) request.unknown.push_back({.name = "output_format", .value = value.whole()});
}

}  // namespace onellm::dialects::anthropic_messages
