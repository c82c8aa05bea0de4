#include "dialects/openai_chat/request/splice/thinking_edits.h"

#include <optional>
#include <utility>

#include "dialects/common/request/raw_values.h"
#include "json/reader.h"

namespace onellm::dialects::openai_chat {

namespace {

using models::ThinkingOff;

constexpr std::string_view kEffort = "reasoning_effort";
constexpr std::string_view kQuotedNone = R"("none")";

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

}  // namespace

ThinkingEdits::ThinkingEdits(const chat::Request& request, const HostRules& host, const models::Contract& contract)
    : request_(request), contract_(contract), form_(host.thinking) {
  const bool may_lower = !host.forces_while_thinking && chat::is_forced(request.tool_choice);
  if (form_ == ThinkingSwitch::kNone && !may_lower) return;
  // A model with known efforts has no other switch for thinking.
  if (form_ != ThinkingSwitch::kNone && contract.reasoning != models::Reasoning::kUnknown) {
    form_ = ThinkingSwitch::kEffort;
  }
  wish_ = read_reasoning_wish(request);
  if (has_switch()) {
    switch_ = read_switch();
    const json::Raw own = unknown_parameter(request, own_key(form_));
    if (!is_of_claude(own) && switch_ != Switch::kStuck) own_ = own;
    const bool keeps_effort = switch_ == Switch::kOn && wish_.effort_said_by == kEffort;
    carrier_ = keeps_effort ? wish_.thinking_said_by : wish_.said_by();
  }
  if (may_lower) forced_call_ = read_forced_call();
}

// OpenAI's reasoning_effort is sent unchanged: these hosts accept some of its values, or ignore it. All other keys that
// turn thinking on or off become the host's own switch.
ThinkingEdits::Switch ThinkingEdits::read_switch() const {
  if (wish_.thinking == ThinkingWish::kOff) {
    return contract_.thinking_off == ThinkingOff::kNever ? Switch::kStuck : Switch::kOff;
  }
  const bool is_own_word = wish_.thinking == ThinkingWish::kUnsaid && wish_.effort_said_by == kEffort;
  const bool is_foreign = wish_.thinking == ThinkingWish::kOther;
  return wish_.wants_thinking() && !is_own_word && !is_foreign ? Switch::kOn : Switch::kUntouched;
}

// The same as for Claude (anthropic_messages/request/tools/plan.h): thinking that the client asked for is kept.
ForcedCall ThinkingEdits::read_forced_call() const {
  const bool is_own_switch = form_ == ThinkingSwitch::kEnable && !own_.empty();
  const bool is_off = is_own_switch ? own_.text == "false" : wish_.thinking == ThinkingWish::kOff;
  if (is_off && switch_ != Switch::kStuck) return ForcedCall::kAsWritten;
  const bool thinks_by_default = contract_.thinking_off != ThinkingOff::kLeaveOut;
  // If the host has a switch, an effort alone does not turn thinking on.
  const bool is_asked =
      is_own_switch || switch_ == Switch::kOn || (wish_.wants_thinking() && (thinks_by_default || !has_switch()));
  if (is_asked) return ForcedCall::kLowered;
  if (!thinks_by_default) return ForcedCall::kAsWritten;
  const bool can_be_off = has_switch() && contract_.thinking_off == ThinkingOff::kDisabled;
  return can_be_off ? ForcedCall::kUnthinking : ForcedCall::kLowered;
}

MemberEdit ThinkingEdits::edit_of(json::RawString key, json::Raw value) const {
  if (form_ == ThinkingSwitch::kEffort) return edit_for_effort(key);
  if (form_ == ThinkingSwitch::kNone || !says_thinking(key)) return {};
  const bool is_effort = json::key_is(key, kEffort);
  const bool is_none = is_effort && value.text == kQuotedNone;
  if (!own_.empty()) {
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
MemberEdit ThinkingEdits::drop_foreign_key(json::RawString key) const {
  if (!is_reasoning_key(key) || json::key_is(key, own_key(form_))) return {};
  const bool is_lost = wish_.thinking == ThinkingWish::kOther && json::key_is(key, "thinking");
  return {.cut = true, .dropped = is_lost ? "thinking" : std::string_view()};
}

MemberEdit ThinkingEdits::become_switch(json::RawString key, json::Raw value) const {
  std::string now = switch_value(switch_ == Switch::kOn);
  if (now == value.text && json::key_is(key, own_key(form_))) return {};
  return {.key = own_key(form_), .value = std::move(now)};
}

// Uses the client's reasoning_effort if there is one; else the nearest effort for the other keys.
MemberEdit ThinkingEdits::edit_for_effort(json::RawString key) const {
  if (!is_reasoning_key(key)) return {};
  const bool is_carrier = json::key_is(key, member_of(wish_.said_by()));
  if (!is_carrier || !request_.parameter(kEffort).empty()) return {.cut = true};
  const std::optional<models::Effort> asked = effort_of(wish_);
  if (!asked) {
    return {.cut = true, .dropped = wish_.thinking == ThinkingWish::kOther ? wish_.said_by() : std::string_view()};
  }
  const bool is_known = contract_.reasoning != models::Reasoning::kUnknown && !contract_.efforts.empty();
  const models::Effort effort = is_known ? models::nearest_effort(contract_.efforts, *asked) : *asked;
  const bool is_lost = *asked == models::Effort::kNone && effort != models::Effort::kNone;
  return {.dropped = is_lost ? wish_.said_by() : std::string_view(),
          .key = kEffort,
          .value = '"' + std::string(models::effort_word(effort)) + '"'};
}

// The value of the switch. A budget is added if the host has a member for it.
std::string ThinkingEdits::switch_value(bool is_on) const {
  if (form_ == ThinkingSwitch::kType) return is_on ? R"({"type":"enabled"})" : R"({"type":"disabled"})";
  if (!is_on) return "false";
  const bool has_budget = wish_.thinking == ThinkingWish::kBudget;
  return has_budget ? R"(true,"thinking_budget":)" + std::to_string(wish_.budget_tokens) : "true";
}

std::string ThinkingEdits::off_member() const {
  return '"' + std::string(own_key(form_)) + R"(":)" + switch_value(false);
}

bool ThinkingEdits::takes_place_of(json::RawString null_key) const {
  if (form_ == ThinkingSwitch::kEffort) return json::key_is(null_key, kEffort) && effort_of(wish_).has_value();
  const bool is_written = switch_ == Switch::kOn || switch_ == Switch::kOff || forced_call_ == ForcedCall::kUnthinking;
  return own_.empty() && is_written && json::key_is(null_key, own_key(form_));
}

}  // namespace onellm::dialects::openai_chat
