#include "dialects/openai_chat/model_family.h"

#include <algorithm>
#include <cstddef>
#include <iterator>

#include "dialects/raw_values.h"

namespace onellm::dialects::openai {

namespace {

constexpr bool kYes = true;
constexpr bool kNo = false;

enum class Line : uint8_t { kOther, kO, kGpt };

// gpt-5.4-pro is {kGpt, 504, "pro"}, o3 is {kO, 300, ""}.
struct ModelName {
  Line line = Line::kOther;
  uint32_t version = 0;
  std::string_view variant;
};

struct FamilyRow {
  Line line;
  uint32_t version_least;
  uint32_t version_most;
  std::string_view word;  // Of the variant; empty: any.
  FamilyRules rules;
};

constexpr uint32_t kAny = 9999;

using E = Effort;
using R = Reasoning;
using S = Sampling;

// The first row that fits counts.
// clang-format off
constexpr FamilyRow kRows[] = {
    // version         word                      none  least        most      sampling              stop  max_t system functions
    {Line::kO,   100, 199,  "mini",    {R::kUnasked, kNo,  E::kLow,     E::kHigh,   S::kOnlyDefaults,     kYes, kNo,  kNo,  kNo}},
    {Line::kO,   100, 199,  "preview", {R::kUnasked, kNo,  E::kLow,     E::kHigh,   S::kOnlyDefaults,     kYes, kNo,  kNo,  kNo}},
    {Line::kO,   100, 199,  "",        {R::kUnasked, kNo,  E::kLow,     E::kHigh,   S::kOnlyDefaults,     kYes, kNo,  kYes, kNo}},
    {Line::kO,   300, 399,  "mini",    {R::kUnasked, kNo,  E::kLow,     E::kHigh,   S::kOnlyDefaults,     kYes, kNo,  kYes, kNo}},
    {Line::kO,   200, kAny, "",        {R::kUnasked, kNo,  E::kLow,     E::kHigh,   S::kOnlyDefaults,     kNo,  kNo,  kYes, kNo}},
    {Line::kGpt, 0,   499,  "search",  {R::kNever,   kNo,  E::kMinimal, E::kMax,    S::kNoTemperature,    kYes, kYes, kYes, kYes}},
    {Line::kGpt, 0,   499,  "",        {R::kNever,   kNo,  E::kMinimal, E::kMax,    S::kFree,             kYes, kYes, kYes, kYes}},
    {Line::kGpt, 500, 500,  "chat",    {R::kNever,   kNo,  E::kMinimal, E::kMax,    S::kFree,             kYes, kNo,  kYes, kNo}},
    {Line::kGpt, 500, 500,  "",        {R::kUnasked, kNo,  E::kMinimal, E::kHigh,   S::kOnlyDefaults,     kYes, kNo,  kYes, kNo}},
    {Line::kGpt, 501, kAny, "chat",    {R::kUnasked, kNo,  E::kMedium,  E::kMedium, S::kOnlyDefaults,     kYes, kNo,  kYes, kNo}},
    {Line::kGpt, 501, kAny, "codex",   {R::kUnasked, kNo,  E::kLow,     E::kMax,    S::kOnlyDefaults,     kYes, kNo,  kYes, kNo}},
    {Line::kGpt, 501, kAny, "pro",     {R::kUnasked, kNo,  E::kMedium,  E::kMax,    S::kOnlyDefaults,     kYes, kNo,  kYes, kNo}},
    {Line::kGpt, 501, 501,  "",        {R::kIfAsked, kYes, E::kMinimal, E::kHigh,   S::kWithoutReasoning, kYes, kNo,  kYes, kNo}},
    {Line::kGpt, 502, 504,  "",        {R::kIfAsked, kYes, E::kMinimal, E::kMax,    S::kWithoutReasoning, kYes, kNo,  kYes, kNo}},
    {Line::kGpt, 505, 505,  "",        {R::kUnasked, kYes, E::kMinimal, E::kMax,    S::kWithoutReasoning, kYes, kNo,  kYes, kNo}},
    {Line::kGpt, 506, 599,  "",        {R::kUnasked, kYes, E::kLow,     E::kMax,    S::kWithoutReasoning, kYes, kNo,  kYes, kNo}},
    {Line::kGpt, 600, 600,  "astra",   {R::kUnasked, kNo,  E::kLow,     E::kMax,    S::kOnlyDefaults,     kNo,  kNo,  kYes, kNo}},
    {Line::kGpt, 600, 600,  "",        {R::kUnasked, kYes, E::kLow,     E::kMax,    S::kWithoutReasoning, kYes, kNo,  kYes, kNo}},
    {Line::kGpt, 601, kAny, "",        {R::kUnasked, kNo,  E::kLow,     E::kXhigh,  S::kRefused,          kYes, kNo,  kYes, kNo}},
};
// clang-format on

constexpr std::string_view kEffortWords[] = {"none", "minimal", "low", "medium", "high", "xhigh", "max"};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Takes a number of one or two digits off the front. Nothing if there is none, or a longer one.
std::optional<uint32_t> take_number(std::string_view& text) {
  constexpr ptrdiff_t kDigitsMax = 2;
  const ptrdiff_t digits = std::find_if_not(text.begin(), text.end(), is_digit) - text.begin();
  if (digits == 0 || digits > kDigitsMax) return std::nullopt;
  uint32_t number = 0;
  for (ptrdiff_t i = 0; i < digits; ++i)
    number = number * 10 + static_cast<uint32_t>(text[static_cast<size_t>(i)] - '0');
  text.remove_prefix(static_cast<size_t>(digits));
  return number;
}

// The version and what follows it: "5.4-pro", "4o-mini", "3-mini-2025-01-31".
ModelName read_version(Line line, std::string_view text) {
  constexpr uint32_t kMajorMax = 34;  // A higher one lacks its dot, as in Azure's gpt-35-turbo.
  const std::optional<uint32_t> major = take_number(text);
  if (!major || *major > kMajorMax) return {};
  uint32_t minor = 0;
  if (text.starts_with('.')) {
    text.remove_prefix(1);
    const std::optional<uint32_t> number = take_number(text);
    if (!number) return {};
    minor = *number;
  }
  if (text.starts_with('o') && line == Line::kGpt) text.remove_prefix(1);
  if (!text.empty() && text.front() != '-') return {};
  return {line, *major * 100 + minor, text};
}

ModelName read_name(std::string_view model) {
  constexpr std::string_view kFineTuned = "ft:";
  if (model.starts_with(kFineTuned)) {
    model.remove_prefix(kFineTuned.size());
    model = model.substr(0, model.find(':'));
  }
  for (const std::string_view prefix : {"gpt-", "chatgpt-"}) {
    if (model.starts_with(prefix)) return read_version(Line::kGpt, model.substr(prefix.size()));
  }
  return model.starts_with('o') ? read_version(Line::kO, model.substr(1)) : ModelName{};
}

// True if `word` stands in a variant between dashes or at its end.
bool has_word(std::string_view variant, std::string_view word) {
  while (!variant.empty()) {
    variant.remove_prefix(1);  // The dash.
    const size_t end = std::min(variant.find('-'), variant.size());
    if (variant.substr(0, end) == word) return true;
    variant.remove_prefix(end);
  }
  return false;
}

// Variants of the reasoning models that are on the Responses API alone; "deep" is that of deep-research.
// https://platform.openai.com/docs/models
constexpr std::string_view kOnlyResponses[] = {"pro", "codex", "deep", "cyber"};

// What follows from the version alone, and is the same for most variants.
void add_tiers(const ModelName& name, FamilyRules& rules) {
  const bool is_o3 = name.line == Line::kO && name.version >= 300;
  const bool is_gpt_4 = name.line == Line::kGpt && name.version >= 400 && name.version < 500;
  const bool is_gpt_5 = name.line == Line::kGpt && name.version >= 500 && !has_word(name.variant, "chat");
  rules.takes_flex = is_o3 || is_gpt_5;
  rules.takes_priority = is_o3 || is_gpt_4 || (is_gpt_5 && !has_word(name.variant, "nano"));
  rules.takes_cache_options = name.line == Line::kGpt && name.version >= 506;
  rules.tools_need_no_effort = name.line == Line::kGpt && name.version >= 504;
  rules.only_responses = (name.line == Line::kO || name.version >= 500) &&
                         std::any_of(std::begin(kOnlyResponses), std::end(kOnlyResponses),
                                     [&name](std::string_view word) { return has_word(name.variant, word); });
}

}  // namespace

FamilyRules rules_of(std::string_view model) {
  const ModelName name = read_name(model);
  for (const FamilyRow& row : kRows) {
    if (row.line != name.line || name.version < row.version_least || name.version > row.version_most) continue;
    if (!row.word.empty() && !has_word(name.variant, row.word)) continue;
    FamilyRules rules = row.rules;
    add_tiers(name, rules);
    return rules;
  }
  return {};
}

std::optional<Effort> find_effort(json::RawString word) {
  for (size_t i = 0; i < std::size(kEffortWords); ++i) {
    if (json::key_is(word, kEffortWords[i])) return static_cast<Effort>(i);
  }
  return std::nullopt;
}

std::string_view effort_word(Effort effort) { return kEffortWords[static_cast<size_t>(effort)]; }

Effort nearest_effort(const FamilyRules& rules, Effort asked) {
  if (asked == Effort::kNone && rules.takes_no_effort) return asked;
  return std::clamp(asked, rules.effort_least, rules.effort_most);
}

bool reasons_on(const FamilyRules& rules, const chat::Request& request) {
  const json::Raw asked = request.parameter("reasoning_effort");
  const bool asks_for_none = json::key_is(text_of(asked), effort_word(Effort::kNone));
  switch (rules.reasoning) {
    case Reasoning::kUnknown:
    case Reasoning::kNever: return false;
    case Reasoning::kIfAsked: return !asked.empty() && !asks_for_none;
    case Reasoning::kUnasked: return !asks_for_none || !rules.takes_no_effort;
  }
  return false;
}

bool needs_responses(const chat::Request& request, std::string_view model) {
  const FamilyRules rules = rules_of(model);
  if (rules.only_responses) return true;
  const auto is_function = [](const chat::Tool& tool) { return !tool.custom && !tool.foreign; };
  const bool has_functions =
      !request.functions.empty() || std::any_of(request.tools.begin(), request.tools.end(), is_function);
  return has_functions && rules.tools_need_no_effort && reasons_on(rules, request);
}

}  // namespace onellm::dialects::openai
