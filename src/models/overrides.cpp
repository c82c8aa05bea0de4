#include "models/overrides.h"

#include <algorithm>

#include "base/text.h"

namespace onellm::models {

namespace {

constexpr int32_t kBudgetLeastDefault = 1'024;
constexpr int32_t kBudgetMostDefault = 24'576;

bool fits(const Override& entry, std::string_view model) {
  return entry.is_whole ? model == entry.name : model.starts_with(entry.name);
}

// How well the key of an entry fits a model; 0: not at all.
size_t fit_of(const Override& entry, std::string_view model, std::string_view full) {
  constexpr size_t kWithProvider = size_t{1} << 20;  // Larger than the length of any name.
  constexpr size_t kWhole = 2 * kWithProvider;
  const bool has_provider = fits(entry, full);
  if (!has_provider && !fits(entry, model)) return 0;
  return 1 + entry.name.size() + (has_provider ? kWithProvider : 0) + (entry.is_whole ? kWhole : 0);
}

// The value of one member from the key that fits best so far.
template <typename T>
struct Best {
  const T* value = nullptr;
  size_t fit = 0;

  void offer(const std::optional<T>& offered, size_t fit_offered) {
    if (!offered || fit_offered <= fit) return;
    value = &*offered;
    fit = fit_offered;
  }
};

void set_thinking(ThinkingForm form, Contract& contract) {
  const bool was_silent = contract.thinking == ThinkingForm::kNone || contract.thinking == ThinkingForm::kBudget;
  contract.thinking = form;
  if (form == ThinkingForm::kNone) {
    contract.reasoning = Reasoning::kNever;
    contract.thinking_off = ThinkingOff::kLeaveOut;
    return;
  }
  if (contract.reasoning == Reasoning::kNever) contract.reasoning = Reasoning::kIfAsked;
  if (form == ThinkingForm::kBudget) {
    if (contract.thinking_off != ThinkingOff::kZeroBudget) contract.thinking_off = ThinkingOff::kLeaveOut;
    if (contract.budget_most == 0) contract.budget_most = kBudgetMostDefault;
    if (contract.budget_least == 0) contract.budget_least = kBudgetLeastDefault;
    return;
  }
  if (was_silent) contract.thinking_off = ThinkingOff::kDisabled;
  if (contract.efforts.empty()) contract.efforts = EffortSet(Effort::kLow, Effort::kHigh);
}

void set_efforts(EffortSet efforts, Contract& contract) {
  contract.efforts = efforts;
  contract.responses_efforts = efforts;
  if (efforts.empty()) {
    contract.reasoning = Reasoning::kNever;
  } else if (contract.reasoning == Reasoning::kUnknown || contract.reasoning == Reasoning::kNever) {
    contract.reasoning = Reasoning::kIfAsked;
  }
}

}  // namespace

void Overrides::apply(std::string_view provider, std::span<const std::string_view> names, Contract& contract) const {
  Best<std::vector<std::string>> drop;
  Best<EffortSet> effort;
  Best<ThinkingForm> thinking;
  Best<bool> forced_tools;
  Best<bool> responses_only;
  Best<int64_t> output_tokens_max;
  Best<int64_t> context_tokens;
  for (const std::string_view name : names) {
    const std::string model = ascii_lower(name);
    const std::string full = std::string(provider).append("/").append(model);
    for (const Override& entry : entries_) {
      const size_t fit = fit_of(entry, model, full);
      if (fit == 0) continue;
      drop.offer(entry.drop, fit);
      effort.offer(entry.effort, fit);
      thinking.offer(entry.thinking, fit);
      forced_tools.offer(entry.forced_tools, fit);
      responses_only.offer(entry.responses_only, fit);
      output_tokens_max.offer(entry.output_tokens_max, fit);
      context_tokens.offer(entry.context_tokens, fit);
      contract.is_overridden = true;
    }
  }
  if (thinking.value != nullptr) set_thinking(*thinking.value, contract);
  if (effort.value != nullptr) set_efforts(*effort.value, contract);
  if (drop.value != nullptr) contract.dropped = drop.value;
  if (forced_tools.value != nullptr) {
    contract.forced_tools = *forced_tools.value ? ForcedTools::kFree : ForcedTools::kRefused;
  }
  if (responses_only.value != nullptr) contract.responses_only = *responses_only.value;
  if (output_tokens_max.value != nullptr) contract.output_tokens_max = *output_tokens_max.value;
  if (context_tokens.value != nullptr) contract.context_tokens = *context_tokens.value;
}

}  // namespace onellm::models
