#include "dialects/anthropic_messages/request/parameters.h"

#include <algorithm>
#include <iterator>
#include <string>

#include "dialects/anthropic_messages/request/user_id.h"
#include "dialects/common/request/blank_text.h"
#include "dialects/common/request/raw_values.h"
#include "dialects/common/request/reasoning_wish.h"
#include "json/tokens.h"

namespace onellm::dialects::anthropic_messages {

namespace {

using chat::Parameter;

// OpenAI's parameters that this file or another part of the encoder handles. All others are dropped.
constexpr std::string_view kUnderstood[] = {"audio",
                                            "max_completion_tokens",
                                            "max_tokens",
                                            "modalities",
                                            "parallel_tool_calls",
                                            "reasoning_effort",
                                            "safety_identifier",
                                            "service_tier",
                                            "stop",
                                            "temperature",
                                            "top_p",
                                            "user",
                                            "web_search_options"};

// Anthropic's own parameters, which pass unchanged.
constexpr std::string_view kPassed[] = {
    "cache_control", "container", "context_management", "fallbacks", "inference_geo", "mcp_servers", "speed"};

// From this version on, the API refuses temperature, top_p and top_k with any value.
// https://docs.claude.com/en/api/versioning
constexpr std::string_view kNoSamplingSince = "2026-10-21";

struct ServiceTierRow {
  std::string_view asked;
  std::string_view sent;
};
constexpr ServiceTierRow kServiceTiers[] = {
    {"auto", "auto"}, {"default", "standard_only"}, {"standard_only", "standard_only"}};

template <size_t count>
bool is_one_of(const std::string_view (&names)[count], std::string_view name) {
  return std::find(std::begin(names), std::end(names), name) != std::end(names);
}

// True of 1, the default of temperature and top_p.
bool is_one(json::Raw number) { return json::to_double(number.text) == 1; }

class ParameterWriter {
 public:
  ParameterWriter(RequestDraft& draft, const ThinkingPlan& thinking, json::ObjectWriter& body)
      : draft_(draft), thinking_(thinking), body_(body) {}

  void write() {
    write_sampling();
    write_stop();
    write_user();
    write_service_tier();
    if (draft_.request.stream) body_.add("stream", true);
    for (const Parameter& parameter : draft_.request.parameters) {
      if (!is_one_of(kUnderstood, parameter.name) && !asks_for_nothing(parameter)) draft_.drops.add(parameter.name);
    }
    for (const Parameter& parameter : draft_.request.unknown) write_unknown(parameter);
  }

 private:
  json::Raw value_of(std::string_view name) const { return draft_.request.parameter(name); }

  // With thinking, the API accepts no other temperature than 1, and top_p only in a narrow range.
  bool is_sampling_refused() const {
    return draft_.rules.sampling == models::Sampling::kRefused || thinking_.thinks ||
           draft_.options.host.api_version >= kNoSamplingSince;
  }

  void write_sampling() {
    const json::Raw temperature = value_of("temperature");
    const json::Raw top_p = value_of("top_p");
    if (is_sampling_refused()) {
      drop_number("temperature", temperature);
      drop_number("top_p", top_p);
      return;
    }
    if (!temperature.empty()) {
      const bool is_too_high = json::to_double(temperature.text) > 1;
      if (is_too_high) draft_.drops.add("temperature");
      body_.add("temperature", is_too_high ? json::Raw{"1"} : temperature);
    }
    if (draft_.rules.sampling == models::Sampling::kOneOf && !temperature.empty()) {
      drop_number("top_p", top_p);
    } else if (!top_p.empty()) {
      body_.add("top_p", top_p);
    }
  }

  void drop_number(std::string_view name, json::Raw value) {
    if (!value.empty() && !is_one(value)) draft_.drops.add(name);
  }

  void write_stop() {
    const json::Raw stop = value_of("stop");
    if (stop.empty()) return;
    std::string sequences;
    const auto take = [&](json::Value& value) {
      json::RawString text;
      if (!value.read(text)) return;
      if (is_blank(text)) return draft_.drops.add("stop");  // The API refuses blank ones.
      if (!sequences.empty()) sequences += ',';
      ((sequences += '"') += text.text) += '"';
    };
    read_raw(stop, [&](json::Value& value) {
      if (value.type() == json::Type::kString) return take(value);
      value.each_element([&](size_t /*index*/, json::Value& element) { take(element); });
    });
    if (!sequences.empty()) (body_.begin("stop_sequences") += '[' + sequences) += ']';
  }

  // A member as a client of this dialect wrote it.
  json::Raw own_member(std::string_view key) const {
    if (!draft_.is_own()) return {};
    for (const chat::SourceMember& member : draft_.request.source.members) {
      if (member.value != "null" && json::key_is({member.key}, key)) return {member.value};
    }
    return {};
  }

  void write_user() {
    const json::Raw own = own_member("metadata");
    if (!own.empty()) return body_.add("metadata", own);
    const json::Raw identifier = value_of("safety_identifier");
    const json::Raw user = value_of("user");
    if (identifier.empty() && user.empty()) return;
    const bool is_identifier_taken = !identifier.empty() && is_user_id_taken(text_of(identifier));
    const bool is_user_taken = !user.empty() && is_user_id_taken(text_of(user));
    if (!identifier.empty() && !is_identifier_taken) draft_.drops.add("safety_identifier");
    if (!user.empty() && (is_identifier_taken || !is_user_taken)) draft_.drops.add("user");
    if (!is_identifier_taken && !is_user_taken) return;
    json::ObjectWriter metadata(body_.begin("metadata"));
    metadata.add("user_id", is_identifier_taken ? identifier : user);
  }

  void write_service_tier() {
    const json::Raw own = own_member("service_tier");
    if (!own.empty()) return body_.add("service_tier", own);
    const json::RawString tier = text_of(value_of("service_tier"));
    if (tier.empty()) return;
    for (const ServiceTierRow& row : kServiceTiers) {
      if (json::key_is(tier, row.asked)) return body_.add("service_tier", json::RawString{row.sent});
    }
    draft_.drops.add("service_tier");
  }

  void write_unknown(const Parameter& parameter) {
    if (is_reasoning_parameter(parameter.name)) return;  // plan_thinking() or own_output_config() handles it.
    if (parameter.name == "output_format" && draft_.is_own() && !draft_.rules.takes_schemas) return;
    if (draft_.is_own() && parameter.name != "top_k") return body_.add(json::escape(parameter.name), parameter.value);
    const bool passes = is_one_of(kPassed, parameter.name) || (parameter.name == "top_k" && !is_sampling_refused());
    if (passes) return body_.add(parameter.name, parameter.value);
    draft_.drops.add(parameter.name);
  }

  RequestDraft& draft_;
  const ThinkingPlan& thinking_;
  json::ObjectWriter& body_;
};

}  // namespace

void check_parameters(RequestDraft& draft) {
  for (const std::string_view limit : {"max_completion_tokens", "max_tokens"}) {
    const json::Raw asked = draft.request.parameter(limit);
    const int64_t most = draft.rules.output_tokens_max;
    if (!asked.empty() && most > 0 && integer_of(asked) > most) draft.drops.add(limit);
  }
  if (draft.request.n > 1) draft.refuse("n", "must be 1 for this model", ErrorKind::kUnsupportedParameter);
  const json::Raw modalities = draft.request.parameter("modalities");
  if (!modalities.empty()) {
    read_raw(modalities, [&draft](json::Value& value) {
      value.each_element([&draft](size_t /*index*/, json::Value& element) {
        json::RawString modality;
        if (element.read(modality) && json::key_is(modality, "text")) return;
        draft.refuse("modalities", "can only be text for this model", ErrorKind::kUnsupportedParameter);
      });
    });
  }
  if (!draft.request.parameter("audio").empty()) {
    draft.refuse("audio", "is not supported by this model", ErrorKind::kUnsupportedParameter);
  }
}

std::string own_output_config(RequestDraft& draft, bool has_format) {
  std::string members;
  const json::Raw given = unknown_parameter(draft.request, "output_config");
  if (given.empty()) return members;
  read_raw(given, [&](json::Value& value) {
    value.each_member([&](json::RawString key, json::Value& member) {
      if (json::key_is(key, "effort")) return;
      const bool is_format = json::key_is(key, "format");
      if (is_format && draft.is_own() && !draft.rules.takes_schemas) return;  // The text tool stands for it.
      if (is_format && (has_format || !draft.rules.takes_schemas)) return draft.drops.add("output_config.format");
      json::append_member(members, key, member.raw());
    });
  });
  return members;
}

void write_parameters(RequestDraft& draft, const ThinkingPlan& thinking, json::ObjectWriter& body) {
  ParameterWriter(draft, thinking, body).write();
}

}  // namespace onellm::dialects::anthropic_messages
