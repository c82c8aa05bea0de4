#include "dialects/openai_chat/request/family_edits.h"

#include <optional>
#include <string>

#include "dialects/common/request/raw_values.h"
#include "dialects/openai_chat/request/api_choice.h"
#include "json/reader.h"

namespace onellm::dialects::openai_chat {

using models::Effort;
using models::Reasoning;
using models::Sampling;

namespace {

// The Azure API versions that introduced these parameters. A version begins with a date, so versions compare as text.
// https://learn.microsoft.com/azure/ai-foundry/openai/api-version-lifecycle
constexpr std::string_view kParallelCallsSince = "2024-08-01";
// https://github.com/Azure/azure-rest-api-specs (AzureOpenAI inference, stable 2024-10-21)
constexpr std::string_view kNewLimitSince = "2024-09-01";
constexpr std::string_view kReasoningSince = "2024-12-01";  // reasoning_effort, and the role `developer`.

constexpr std::string_view kEffort = "reasoning_effort";

// The top-level member of a parameter: output_config for "output_config.effort".
std::string_view member_of(std::string_view parameter) { return parameter.substr(0, parameter.find('.')); }

std::string quoted(std::string_view word) { return '"' + std::string(word) + '"'; }

}  // namespace

FamilyEdits::FamilyEdits(const chat::Request& request, const HostRules& host, const models::Contract& contract)
    : request_(request),
      contract_(contract),
      api_version_(host.api_version),
      translates_wishes_(host.mapping == HostMapping::kOpenAi && contract.reasoning != Reasoning::kUnknown) {
  if (contract_.reasoning == Reasoning::kUnknown) return;
  if (translates_wishes_) {
    wish_ = read_reasoning_wish(request);
    if (request.parameter(kEffort).empty() && effort_of(wish_)) carrier_ = member_of(wish_.said_by());
  }
  reasons_ = openai_chat::reasons_on(contract, request);
}

bool FamilyEdits::is_older_than(std::string_view date) const { return !api_version_.empty() && api_version_ < date; }

bool FamilyEdits::is_before_developers() const { return is_older_than(kReasoningSince); }

std::string_view FamilyEdits::other_limit(ParameterKind kind) const {
  const bool takes_newer = !is_older_than(kNewLimitSince);
  if (kind == ParameterKind::kMaxTokens && !contract_.takes_max_tokens && takes_newer) return "max_completion_tokens";
  if (kind == ParameterKind::kMaxCompletionTokens && !takes_newer && contract_.takes_max_tokens) return "max_tokens";
  return {};
}

std::string FamilyEdits::lowered_limit(json::Raw value) const {
  const int64_t most = contract_.output_tokens_max;
  return most > 0 && integer_of(value) > most ? std::to_string(most) : std::string();
}

MemberEdit FamilyEdits::edit_of(json::RawString key, const ParameterRow& row, json::Raw value) const {
  bool is_taken = true;
  switch (row.kind) {
    case ParameterKind::kEffort: return edit_effort(row, value);
    case ParameterKind::kToolChoice: return edit_choice();
    case ParameterKind::kTemperature:
    case ParameterKind::kSampling: is_taken = takes_sampling(row, value); break;
    case ParameterKind::kStop: is_taken = contract_.takes_stop; break;
    case ParameterKind::kMaxTokens:
      if (contract_.takes_max_tokens) return edit_limit(row, value);
      is_taken = false;
      break;
    case ParameterKind::kMaxCompletionTokens:
      if (!is_older_than(kNewLimitSince)) return edit_limit(row, value);
      is_taken = false;
      break;
    case ParameterKind::kParallelCalls: is_taken = !is_older_than(kParallelCallsSince); break;
    case ParameterKind::kServiceTier: is_taken = takes_tier(text_of(value)); break;
    case ParameterKind::kCacheOptions: is_taken = contract_.takes_cache_options; break;
    case ParameterKind::kOther: return translates_wishes_ && is_reasoning_key(key) ? edit_wish(key) : MemberEdit();
    case ParameterKind::kModel:
    case ParameterKind::kMessages:
    case ParameterKind::kStream:
    case ParameterKind::kOnellm:
    case ParameterKind::kStreamOptions:
    case ParameterKind::kFunctions:
    case ParameterKind::kFunctionCall:
    case ParameterKind::kOnlyOpenAi: break;
  }
  return is_taken ? MemberEdit() : leave_out(row.name, value);
}

bool FamilyEdits::takes_tier(json::RawString tier) const {
  if (json::key_is(tier, "flex")) return contract_.takes_flex;
  if (json::key_is(tier, "priority") || json::key_is(tier, "fast")) return contract_.takes_priority;
  return true;
}

bool FamilyEdits::takes_sampling(const ParameterRow& row, json::Raw value) const {
  switch (contract_.sampling) {
    case Sampling::kFree:
    case Sampling::kOneOf: return true;
    case Sampling::kNoTemperature: return row.kind != ParameterKind::kTemperature;
    case Sampling::kWithoutReasoning: return !reasons_ || is_default(row.name, value);
    case Sampling::kOnlyDefaults: return is_default(row.name, value);
    case Sampling::kRefused: return false;
  }
  return true;
}

MemberEdit FamilyEdits::edit_limit(const ParameterRow& row, json::Raw value) const {
  std::string lowered = lowered_limit(value);
  if (lowered.empty()) return {};
  return {.dropped = row.name, .value = std::move(lowered)};
}

// For a model that refuses forced tool calls, the choice becomes "auto".
MemberEdit FamilyEdits::edit_choice() const {
  if (contract_.forced_tools != models::ForcedTools::kRefused || !chat::is_forced(request_.tool_choice)) return {};
  return {.dropped = "tool_choice", .value = quoted("auto")};
}

// Replaces an effort that the model does not have by the nearest one. An unknown word is sent unchanged. Reported as
// dropped if the client asked for no reasoning and the model reasons all the same.
MemberEdit FamilyEdits::edit_effort(const ParameterRow& row, json::Raw value) const {
  const json::RawString word = text_of(value);
  const std::optional<Effort> said = models::find_effort(word);
  const std::optional<Effort> asked = translates_wishes_ && said ? effort_of(wish_) : said;
  if (contract_.reasoning == Reasoning::kNever) {
    return {.cut = true, .dropped = said == Effort::kNone ? std::string_view() : row.name};
  }
  if (is_older_than(kReasoningSince)) return leave_out(row.name, value);
  if (contract_.reasoning == Reasoning::kUnknown || !said) return {};
  if (!asked) return {.cut = true, .dropped = row.name};  // Another key overrules it and sets no level.
  const Effort nearest = models::nearest_effort(contract_.efforts, *asked);
  const bool is_lost = (said == Effort::kNone && nearest != Effort::kNone) || wish_.overruled == row.name;
  MemberEdit edit{.dropped = is_lost ? row.name : std::string_view()};
  if (nearest != said) edit.value = quoted(models::effort_word(nearest));
  return edit;
}

// Edits a key of another API that sets reasoning.
MemberEdit FamilyEdits::edit_wish(json::RawString key) const {
  const bool is_carrier = !carrier_.empty() && json::key_is(key, carrier_);
  const bool is_foreign = json::key_is(key, "thinking") && wish_.thinking == ThinkingWish::kOther;
  const bool is_overruled = !wish_.overruled.empty() && json::key_is(key, member_of(wish_.overruled));
  if (!is_carrier) {
    return {.cut = true, .dropped = is_foreign ? "thinking" : (is_overruled ? wish_.overruled : std::string_view())};
  }
  const std::optional<Effort> asked = effort_of(wish_);
  const bool asks_for_none = asked == Effort::kNone;
  if (contract_.reasoning == Reasoning::kNever || is_older_than(kReasoningSince)) {
    return {.cut = true, .dropped = asks_for_none ? std::string_view() : wish_.said_by()};
  }
  const Effort nearest = models::nearest_effort(contract_.efforts, *asked);
  std::string_view lost = asks_for_none && nearest != Effort::kNone ? wish_.said_by() : std::string_view();
  if (wish_.thinking == ThinkingWish::kBudget && !wish_.effort.empty()) lost = wish_.thinking_said_by;
  return {.dropped = lost, .key = kEffort, .value = quoted(models::effort_word(nearest))};
}

}  // namespace onellm::dialects::openai_chat
