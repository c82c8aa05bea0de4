#include "dialects/openai_chat/request/splice/host_edits.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "base/text.h"
#include "dialects/common/request/raw_values.h"
#include "dialects/openai_chat/request/splice/source_members.h"
#include "dialects/openai_chat/request/splice/source_splice.h"
#include "json/reader.h"
#include "json/tokens.h"

namespace onellm::dialects::openai_chat {

namespace {

using chat::ResponseFormatKind;

constexpr std::string_view kEffort = "reasoning_effort";
constexpr std::string_view kQuotedNone = R"("none")";
constexpr std::string_view kAuto = R"("auto")";
constexpr std::string_view kJsonObject = R"({"type":"json_object"})";

std::string_view own_key(ThinkingSwitch form) {
  switch (form) {
    case ThinkingSwitch::kNone: return "";
    case ThinkingSwitch::kType: return "thinking";
    case ThinkingSwitch::kEnable: return "enable_thinking";
    case ThinkingSwitch::kEffort: return kEffort;
  }
  __builtin_unreachable();
}

// The top-level member of a parameter: output_config for "output_config.effort".
std::string_view member_of(std::string_view parameter) { return parameter.substr(0, parameter.find('.')); }

// True of a `thinking` in a form that only Claude has.
bool is_of_claude(json::Raw thinking) {
  return thinking.text.find(R"("adaptive")") != std::string_view::npos ||
         thinking.text.find(R"("between_tools")") != std::string_view::npos;
}

bool says_thinking(json::RawString key) { return is_reasoning_key(key) || json::key_is(key, kEffort); }

// True if a message has the word "json". Hosts answer 400 to JSON mode without it.
// https://api-docs.deepseek.com/guides/json_mode
bool says_json(const chat::Request& request) {
  return std::any_of(request.messages.begin(), request.messages.end(), [](const chat::Message& message) {
    return std::any_of(message.parts.begin(), message.parts.end(), [](const chat::Part& part) {
      return ascii_lower(part.text.text).find("json") != std::string::npos;
    });
  });
}

// The array without cache marks, which may be in a tool or in its function.
std::string tools_without_marks(std::string_view array) {
  SourceSplice splice(array);
  const auto is_mark = [](const chat::SourceMember& member) { return json::key_is({member.key}, "cache_control"); };
  read_elements(
      array, [](size_t /*index*/) { return true; },
      [&](size_t /*index*/, std::string_view tool) {
        splice.edit_members(read_members(tool), [&](const chat::SourceMember& member) -> MemberEdit {
          if (json::key_is({member.key}, "function") && member.value.starts_with('{')) {
            splice.edit_members(read_members(member.value), [&is_mark](const chat::SourceMember& inner) -> MemberEdit {
              return {.cut = is_mark(inner)};
            });
          }
          return {.cut = is_mark(member)};
        });
      });
  return splice.finish().flat();
}

}  // namespace

HostEdits::HostEdits(const chat::Request& request, const HostRules& host, const models::Contract& contract)
    : request_(request), host_(host), contract_(contract), form_(host.thinking) {
  if (form_ == ThinkingSwitch::kNone) return;
  // A model with known efforts has no other switch for thinking.
  if (contract.reasoning != models::Reasoning::kUnknown) form_ = ThinkingSwitch::kEffort;
  wish_ = read_reasoning_wish(request);
  if (form_ == ThinkingSwitch::kEffort) return;
  const json::Raw own = unknown_parameter(request, own_key(form_));
  switch_ = read_switch();
  has_own_ = !own.empty() && !is_of_claude(own) && switch_ != Switch::kStuck;
  const bool keeps_effort = switch_ == Switch::kOn && wish_.effort_said_by == kEffort;
  carrier_ = keeps_effort ? wish_.thinking_said_by : wish_.said_by();
}

// OpenAI's reasoning_effort is sent unchanged: these hosts accept some of its values, or ignore it. All other keys that
// turn thinking on or off become the host's own switch.
HostEdits::Switch HostEdits::read_switch() const {
  if (wish_.thinking == ThinkingWish::kOff) {
    return contract_.thinking_off == models::ThinkingOff::kNever ? Switch::kStuck : Switch::kOff;
  }
  const bool is_own_word = wish_.thinking == ThinkingWish::kUnsaid && wish_.effort_said_by == kEffort;
  const bool is_foreign = wish_.thinking == ThinkingWish::kOther;
  return wish_.wants_thinking() && !is_own_word && !is_foreign ? Switch::kOn : Switch::kUntouched;
}

MemberEdit HostEdits::edit_thinking(json::RawString key, json::Raw value) const {
  if (form_ == ThinkingSwitch::kEffort) return edit_for_effort(key);
  if (form_ == ThinkingSwitch::kNone || !says_thinking(key)) return {};
  const bool is_effort = json::key_is(key, kEffort);
  const bool is_none = is_effort && value.text == kQuotedNone;
  if (has_own_) {
    const bool is_own = json::key_is(key, own_key(form_));
    return {.cut = !is_own && (!is_effort || is_none)};  // The client sent the host's own key; it is used.
  }
  switch (switch_) {
    case Switch::kUntouched: return drop_foreign_key(key);
    case Switch::kStuck: break;
    case Switch::kOff:
    case Switch::kOn:
      if (json::key_is(key, member_of(carrier_))) return become_switch(key, value);
      if (switch_ == Switch::kOn && is_effort && !is_none) return {};
      return {.cut = true, .dropped = is_effort ? kEffort : std::string_view()};
  }
  return {.cut = true, .dropped = json::key_is(key, member_of(carrier_)) ? carrier_ : std::string_view()};
}

// Cuts reasoning keys of other APIs, which this host does not know.
MemberEdit HostEdits::drop_foreign_key(json::RawString key) const {
  if (!is_reasoning_key(key) || json::key_is(key, own_key(form_))) return {};
  const bool is_lost = wish_.thinking == ThinkingWish::kOther && json::key_is(key, "thinking");
  return {.cut = true, .dropped = is_lost ? "thinking" : std::string_view()};
}

MemberEdit HostEdits::become_switch(json::RawString key, json::Raw value) const {
  std::string now = switch_value();
  if (now == value.text && json::key_is(key, own_key(form_))) return {};
  return {.key = own_key(form_), .value = std::move(now)};
}

// Uses the client's reasoning_effort if there is one; else the nearest effort for the other keys.
MemberEdit HostEdits::edit_for_effort(json::RawString key) const {
  if (!is_reasoning_key(key)) return {};
  const bool is_carrier = json::key_is(key, member_of(wish_.said_by()));
  if (!is_carrier || !request_.parameter(kEffort).empty()) return {.cut = true};
  const std::optional<models::Effort> asked = effort_of(wish_);
  if (!asked)
    return {.cut = true, .dropped = wish_.thinking == ThinkingWish::kOther ? wish_.said_by() : std::string_view()};
  const bool is_known = contract_.reasoning != models::Reasoning::kUnknown && !contract_.efforts.empty();
  const models::Effort effort = is_known ? models::nearest_effort(contract_.efforts, *asked) : *asked;
  const bool is_lost = *asked == models::Effort::kNone && effort != models::Effort::kNone;
  return {.dropped = is_lost ? wish_.said_by() : std::string_view(),
          .key = kEffort,
          .value = '"' + std::string(models::effort_word(effort)) + '"'};
}

// The value of the switch. A budget is added if the host has a member for it.
std::string HostEdits::switch_value() const {
  const bool is_on = switch_ == Switch::kOn;
  if (form_ == ThinkingSwitch::kType) return is_on ? R"({"type":"enabled"})" : R"({"type":"disabled"})";
  if (!is_on) return "false";
  const bool has_budget = wish_.thinking == ThinkingWish::kBudget;
  return has_budget ? R"(true,"thinking_budget":)" + std::to_string(wish_.budget_tokens) : "true";
}

MemberEdit HostEdits::edit_of(json::RawString key, const ParameterRow& row, json::Raw value) const {
  switch (row.kind) {
    case ParameterKind::kTemperature: return clamp_temperature(value);
    case ParameterKind::kStop: return cut_stops(value);
    case ParameterKind::kToolChoice:
      return refuses_choice() ? MemberEdit{.dropped = row.name, .value = std::string(kAuto)} : MemberEdit();
    case ParameterKind::kOther:
      if (json::key_is(key, "response_format")) return edit_format();
      return json::key_is(key, "tools") ? edit_tools(value) : MemberEdit();
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

bool HostEdits::takes_place_of(json::RawString null_key) const {
  if (form_ == ThinkingSwitch::kEffort) return json::key_is(null_key, kEffort) && effort_of(wish_).has_value();
  return !has_own_ && (switch_ == Switch::kOn || switch_ == Switch::kOff) && json::key_is(null_key, own_key(form_));
}

MemberEdit HostEdits::edit_tools(json::Raw value) const {
  const bool is_marked = std::any_of(request_.tools.begin(), request_.tools.end(),
                                     [](const chat::Tool& tool) { return !tool.cache_control.empty(); });
  if (host_.takes_cache_marks || !is_marked) return {};
  return {.dropped = "tools[].cache_control", .value = tools_without_marks(value.text)};
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
