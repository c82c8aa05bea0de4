#include "dialects/gemini/model_rules.h"

namespace onellm::dialects {

namespace {

constexpr GeminiRules kNewest;

// https://ai.google.dev/gemini-api/docs/thinking#thinking-levels
constexpr GeminiRules with_minimal_level() {
  GeminiRules rules;
  rules.has_minimal_level = true;
  return rules;
}

constexpr GeminiRules before_gemini_3() {
  GeminiRules rules;
  rules.thinking = GeminiThinking::kNot;
  rules.web_search = GeminiSearch::kAlone;
  rules.demands_signatures = false;
  rules.takes_media_in_results = false;
  rules.takes_part_resolution = false;
  return rules;
}

// https://ai.google.dev/gemini-api/docs/thinking#set-budget
constexpr GeminiRules with_budget(int32_t least, int32_t most, bool can_stop) {
  GeminiRules rules = before_gemini_3();
  rules.thinking = GeminiThinking::kBudget;
  rules.budget_least = least;
  rules.budget_most = most;
  rules.can_stop_thinking = can_stop;
  return rules;
}

constexpr GeminiRules gemini_2_0() {
  GeminiRules rules = before_gemini_3();
  rules.fetches_urls = false;
  return rules;
}

constexpr GeminiRules gemini_1() {
  GeminiRules rules = gemini_2_0();
  rules.web_search = GeminiSearch::kNot;
  rules.takes_json_schema = false;
  return rules;
}

constexpr GeminiRules gemma() {
  GeminiRules rules = gemini_1();
  rules.takes_system_instruction = false;
  return rules;
}

struct Row {
  std::string_view prefix;
  GeminiRules rules;
};
constexpr Row kRows[] = {
    {"gemini-1", gemini_1()},
    {"gemini-2.0", gemini_2_0()},
    {"gemini-2.5", with_budget(1, 24576, true)},
    {"gemini-2.5-flash-image", before_gemini_3()},
    {"gemini-2.5-flash-lite", with_budget(512, 24576, true)},
    {"gemini-2.5-pro", with_budget(128, 32768, false)},
    {"gemini-3-flash", with_minimal_level()},
    {"gemini-3.1-flash", with_minimal_level()},
    {"gemini-3.5-flash", with_minimal_level()},
    {"gemini-3.6-flash", with_minimal_level()},
    {"gemma-", gemma()},
};

}  // namespace

const GeminiRules& gemini_rules_of(std::string_view model) {
  const std::string_view name = model.substr(model.rfind('/') + 1);  // The whole of it where there is none.
  const Row* longest = nullptr;
  for (const Row& row : kRows) {
    if (!name.starts_with(row.prefix)) continue;
    if (longest == nullptr || row.prefix.size() > longest->prefix.size()) longest = &row;
  }
  return longest == nullptr ? kNewest : longest->rules;
}

}  // namespace onellm::dialects
