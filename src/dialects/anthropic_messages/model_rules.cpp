#include "dialects/anthropic_messages/model_rules.h"

#include <algorithm>

namespace onellm::dialects::anthropic {

namespace {

constexpr size_t kDateDigits = 8;

using F = ForcedTools;
using O = ThinkingOff;
using S = Sampling;
using T = ThinkingForm;

// clang-format off
// What claude-opus-5-5, claude-fable-5-1, claude-haiku-5-5 and all that is not named below have in common.
constexpr ModelRules kNewest =
  {"",           128'000, T::kUnasked,  O::kNever,        S::kRefused, F::kRefused,        false,  true,  true,  true};
constexpr ModelRules kRows[] = {
  // prefix       tokens  thinking      off               sampling     forced tools        prefill schema xhigh  inline
  {"fable-5",    128'000, T::kUnasked,  O::kNever,        S::kRefused, F::kRefused,        false,  true,  true,  false},
  {"mythos-5",   128'000, T::kUnasked,  O::kNever,        S::kRefused, F::kRefused,        false,  true,  true,  false},
  {"sonnet-5-5", 128'000, T::kUnasked,  O::kBetweenTools, S::kRefused, F::kRefused,        false,  true,  true,  true},
  {"opus-5",     128'000, T::kUnasked,  O::kDisabled,     S::kRefused, F::kUnlessThinking, false,  true,  true,  true},
  {"sonnet-5",   128'000, T::kUnasked,  O::kDisabled,     S::kRefused, F::kFree,           false,  true,  true,  false},
  {"opus-4-8",   128'000, T::kAdaptive, O::kDisabled,     S::kRefused, F::kFree,           false,  true,  true,  true},
  {"opus-4-7",   128'000, T::kAdaptive, O::kDisabled,     S::kRefused, F::kFree,           false,  true,  true,  false},
  {"opus-4-6",   128'000, T::kAdaptive, O::kDisabled,     S::kOneOf,   F::kUnlessThinking, false,  true,  false, false},
  {"sonnet-4-6", 128'000, T::kAdaptive, O::kDisabled,     S::kOneOf,   F::kUnlessThinking, false,  true,  false, false},
  {"opus-4-5",    64'000, T::kBudget,   O::kLeaveOut,     S::kOneOf,   F::kUnlessThinking, true,   true,  false, false},
  {"sonnet-4-5",  64'000, T::kBudget,   O::kLeaveOut,     S::kOneOf,   F::kUnlessThinking, true,   true,  false, false},
  {"haiku-4-5",   64'000, T::kBudget,   O::kLeaveOut,     S::kOneOf,   F::kUnlessThinking, true,   true,  false, false},
  {"opus-4-1",    32'000, T::kBudget,   O::kLeaveOut,     S::kFree,    F::kUnlessThinking, true,   false, false, false},
  {"opus-4-0",    32'000, T::kBudget,   O::kLeaveOut,     S::kFree,    F::kUnlessThinking, true,   false, false, false},
  {"opus-4",      32'000, T::kBudget,   O::kLeaveOut,     S::kFree,    F::kUnlessThinking, true,   false, false, false},
  {"sonnet-4-0",  64'000, T::kBudget,   O::kLeaveOut,     S::kFree,    F::kUnlessThinking, true,   false, false, false},
  {"sonnet-4",    64'000, T::kBudget,   O::kLeaveOut,     S::kFree,    F::kUnlessThinking, true,   false, false, false},
  {"3-7-",        64'000, T::kBudget,   O::kLeaveOut,     S::kFree,    F::kUnlessThinking, true,   false, false, false},
  {"3-5-",         8'192, T::kNone,     O::kLeaveOut,     S::kFree,    F::kFree,           true,   false, false, false},
  {"3-",           4'096, T::kNone,     O::kLeaveOut,     S::kFree,    F::kFree,           true,   false, false, false},
  {"2",            4'096, T::kNone,     O::kLeaveOut,     S::kFree,    F::kFree,           true,   false, false, false},
  {"instant-1",    4'096, T::kNone,     O::kLeaveOut,     S::kFree,    F::kFree,           true,   false, false, false},
};
// clang-format on

bool is_digit(char c) { return c >= '0' && c <= '9'; }

size_t leading_digits(std::string_view text) {
  return static_cast<size_t>(std::find_if_not(text.begin(), text.end(), is_digit) - text.begin());
}

// False where what follows a prefix goes on with the version: "-7" makes claude-opus-5 another model,
// "-20260724" does not.
bool leaves_version(std::string_view rest) {
  if (rest.starts_with('-')) rest.remove_prefix(1);
  const size_t digits = leading_digits(rest);
  return digits == 0 || digits >= kDateDigits;
}

std::string_view without_date(std::string_view model) {
  model = model.substr(0, model.find('@'));
  constexpr std::string_view kLatest = "-latest";
  if (model.ends_with(kLatest)) model.remove_suffix(kLatest.size());
  const size_t dash = model.rfind('-');
  if (dash == std::string_view::npos) return model;
  const std::string_view last = model.substr(dash + 1);
  const bool is_date = last.size() == kDateDigits && leading_digits(last) == kDateDigits;
  return is_date ? model.substr(0, dash) : model;
}

}  // namespace

const ModelRules& rules_of(std::string_view model) {
  constexpr std::string_view kFamily = "claude-";
  const size_t begin = model.find(kFamily);  // Hosts put their own words before it: "anthropic.claude-…".
  if (begin == std::string_view::npos) return kNewest;
  model.remove_prefix(begin + kFamily.size());
  const ModelRules* found = &kNewest;
  for (const ModelRules& row : kRows) {
    const bool fits = model.starts_with(row.prefix) && leaves_version(model.substr(row.prefix.size()));
    if (fits && row.prefix.size() > found->prefix.size()) found = &row;
  }
  return *found;
}

bool is_same_model(std::string_view left, std::string_view right) { return without_date(left) == without_date(right); }

}  // namespace onellm::dialects::anthropic
