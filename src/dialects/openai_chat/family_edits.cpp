#include "dialects/openai_chat/family_edits.h"

#include <optional>
#include <string>

#include "dialects/openai_chat/api_choice.h"
#include "dialects/raw_values.h"
#include "json/reader.h"

namespace onellm::dialects {

using models::Effort;
using models::Reasoning;
using models::Sampling;

namespace {

// Since when Azure knows them. Versions begin with a date, whose order as text is its order in time.
// https://learn.microsoft.com/azure/ai-foundry/openai/api-version-lifecycle
constexpr std::string_view kParallelCallsSince = "2024-08-01";
constexpr std::string_view kReasoningSince = "2024-12-01";  // The effort, the newer limit, the role developer.

}  // namespace

FamilyEdits::FamilyEdits(const chat::Request& request, const HostRules& host, const models::Contract& contract)
    : contract_(contract), api_version_(host.api_version), reasons_(openai::reasons_on(contract, request)) {}

bool FamilyEdits::is_older_than(std::string_view date) const { return !api_version_.empty() && api_version_ < date; }

bool FamilyEdits::is_before_developers() const { return is_older_than(kReasoningSince); }

std::string_view FamilyEdits::other_limit(ParameterKind kind) const {
  const bool takes_newer = !is_older_than(kReasoningSince);
  if (kind == ParameterKind::kMaxTokens && !contract_.takes_max_tokens && takes_newer) return "max_completion_tokens";
  if (kind == ParameterKind::kMaxCompletionTokens && !takes_newer && contract_.takes_max_tokens) return "max_tokens";
  return {};
}

MemberEdit FamilyEdits::edit_of(const ParameterRow& row, json::Raw value) const {
  bool is_taken = true;
  switch (row.kind) {
    case ParameterKind::kEffort: return edit_effort(row, value);
    case ParameterKind::kTemperature:
    case ParameterKind::kSampling: is_taken = takes_sampling(row, value); break;
    case ParameterKind::kStop: is_taken = contract_.takes_stop; break;
    case ParameterKind::kMaxTokens: is_taken = contract_.takes_max_tokens; break;
    case ParameterKind::kMaxCompletionTokens: is_taken = !is_older_than(kReasoningSince); break;
    case ParameterKind::kParallelCalls: is_taken = !is_older_than(kParallelCallsSince); break;
    case ParameterKind::kServiceTier: is_taken = takes_tier(text_of(value)); break;
    case ParameterKind::kCacheOptions: is_taken = contract_.takes_cache_options; break;
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

// Instead of an effort that the model does not have it gets the nearest one; a word that is not known
// here is left to it to judge.
MemberEdit FamilyEdits::edit_effort(const ParameterRow& row, json::Raw value) const {
  const json::RawString word = text_of(value);
  const std::optional<Effort> asked = models::find_effort(word);
  if (contract_.reasoning == Reasoning::kNever) {
    return {.cut = true, .dropped = asked == Effort::kNone ? std::string_view() : row.name};
  }
  if (is_older_than(kReasoningSince)) return leave_out(row.name, value);
  if (contract_.reasoning == Reasoning::kUnknown || !asked) return {};
  const Effort nearest = models::nearest_effort(contract_.efforts, *asked);
  if (nearest == *asked) return {};
  return {.value = '"' + std::string(models::effort_word(nearest)) + '"'};
}

}  // namespace onellm::dialects
