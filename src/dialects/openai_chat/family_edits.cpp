#include "dialects/openai_chat/family_edits.h"

#include <optional>
#include <string>

#include "dialects/raw_values.h"
#include "json/reader.h"

namespace onellm::dialects {

using openai::Effort;
using openai::Reasoning;
using openai::Sampling;

namespace {

// Since when Azure knows them. Versions begin with a date, whose order as text is its order in time.
// https://learn.microsoft.com/azure/ai-foundry/openai/api-version-lifecycle
constexpr std::string_view kParallelCallsSince = "2024-08-01";
constexpr std::string_view kReasoningSince = "2024-12-01";  // The effort, the newer limit, the role developer.

}  // namespace

FamilyEdits::FamilyEdits(const chat::Request& request, const HostRules& host, std::string_view model)
    : rules_(openai::rules_of(host.family)), api_version_(host.api_version) {
  if (rules_.reasoning == Reasoning::kUnknown) rules_ = openai::rules_of(model);
  reasons_ = openai::reasons_on(rules_, request);
}

bool FamilyEdits::is_older_than(std::string_view date) const { return !api_version_.empty() && api_version_ < date; }

bool FamilyEdits::is_before_developers() const { return is_older_than(kReasoningSince); }

std::string_view FamilyEdits::other_limit(ParameterKind kind) const {
  const bool takes_newer = !is_older_than(kReasoningSince);
  if (kind == ParameterKind::kMaxTokens && !rules_.takes_max_tokens && takes_newer) return "max_completion_tokens";
  if (kind == ParameterKind::kMaxCompletionTokens && !takes_newer && rules_.takes_max_tokens) return "max_tokens";
  return {};
}

MemberEdit FamilyEdits::edit_of(const ParameterRow& row, json::Raw value) const {
  bool is_taken = true;
  switch (row.kind) {
    case ParameterKind::kEffort: return edit_effort(row, value);
    case ParameterKind::kTemperature:
    case ParameterKind::kSampling: is_taken = takes_sampling(row, value); break;
    case ParameterKind::kStop: is_taken = rules_.takes_stop; break;
    case ParameterKind::kMaxTokens: is_taken = rules_.takes_max_tokens; break;
    case ParameterKind::kMaxCompletionTokens: is_taken = !is_older_than(kReasoningSince); break;
    case ParameterKind::kParallelCalls: is_taken = !is_older_than(kParallelCallsSince); break;
    case ParameterKind::kServiceTier: is_taken = takes_tier(text_of(value)); break;
    case ParameterKind::kCacheOptions: is_taken = rules_.takes_cache_options; break;
    case ParameterKind::kOther:
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
  if (json::key_is(tier, "flex")) return rules_.takes_flex;
  if (json::key_is(tier, "priority") || json::key_is(tier, "fast")) return rules_.takes_priority;
  return true;
}

bool FamilyEdits::takes_sampling(const ParameterRow& row, json::Raw value) const {
  switch (rules_.sampling) {
    case Sampling::kFree: return true;
    case Sampling::kNoTemperature: return row.kind != ParameterKind::kTemperature;
    case Sampling::kWithoutReasoning: return !reasons_ || is_default(row.name, value);
    case Sampling::kOnlyDefaults: return is_default(row.name, value);
    case Sampling::kRefused: return false;
  }
  return true;
}

// Instead of an effort that the model does not have it gets the nearest one; a word that is not known
// here is left to it to judge.
MemberEdit FamilyEdits::edit_effort(const ParameterRow& row, json::Raw value) const {
  const json::RawString word = text_of(value);
  const std::optional<Effort> asked = openai::find_effort(word);
  if (rules_.reasoning == Reasoning::kNever) {
    return {.cut = true, .dropped = asked == Effort::kNone ? std::string_view() : row.name};
  }
  if (is_older_than(kReasoningSince)) return leave_out(row.name, value);
  if (rules_.reasoning == Reasoning::kUnknown || !asked) return {};
  const Effort nearest = openai::nearest_effort(rules_, *asked);
  if (nearest == *asked) return {};
  return {.value = '"' + std::string(openai::effort_word(nearest)) + '"'};
}

}  // namespace onellm::dialects
