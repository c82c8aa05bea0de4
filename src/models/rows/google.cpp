// The table of Google's models.
#include "models/rows/row.h"

namespace onellm::models {

namespace {

using L = Line;
using O = ThinkingOff;
using R = Reasoning;
using T = ThinkingForm;
using W = WebSearch;

constexpr uint32_t kCandidatesMax = 8;

// Gemini 3 and later; penalties: https://github.com/mnfst/modelparams.dev/issues/16.
constexpr Contract with_levels(EffortSet levels, bool takes_prefill) {
  Contract row;
  row.reasoning = R::kUnasked;
  row.thinking = T::kLevel;
  row.thinking_off = O::kNever;
  row.efforts = levels;
  row.signs_thoughts = true;
  row.takes_penalties = false;
  row.choices_max = kCandidatesMax;
  row.takes_prefill = takes_prefill;
  row.output_tokens_max = 65'536;
  row.context_tokens = 1'048'576;
  return row;
}

// Its output limit is not known: whole replies exceed the limit of other models.
// https://ai.google.dev/gemini-api/docs/latest-model
constexpr Contract gemini_4(EffortSet levels) {
  Contract row = with_levels(levels, false);
  row.choices_max = 1;
  row.takes_cached_content = false;
  row.output_tokens_max = 0;
  return row;
}

// For names like gemini-flash-latest, which mean the newest model of their kind.
constexpr Contract latest_gemini() {
  Contract row = with_levels(kLowToHigh, false);
  row.output_tokens_max = 0;
  row.context_tokens = 0;
  return row;
}

// JSON beside tools: https://github.com/googleapis/python-genai/issues/867
constexpr Contract before_gemini_3(int64_t output_tokens_max) {
  Contract row;
  row.reasoning = R::kNever;
  row.web_search = W::kAlone;
  row.takes_result_media = false;
  row.takes_part_resolution = false;
  row.takes_json_beside_tools = false;
  row.choices_max = kCandidatesMax;
  row.output_tokens_max = output_tokens_max;
  row.context_tokens = 1'048'576;
  return row;
}

constexpr Contract gemini_2_5_image() {
  Contract row = before_gemini_3(32'768);
  row.takes_penalties = false;
  row.context_tokens = 32'768;
  return row;
}

// https://ai.google.dev/gemini-api/docs/thinking#set-budget
constexpr Contract with_budget(int32_t least, int32_t most, O off) {
  Contract row = before_gemini_3(65'536);
  row.reasoning = R::kUnasked;
  row.thinking = T::kBudget;
  row.budget_least = least;
  row.budget_most = most;
  row.thinking_off = off;
  row.takes_penalties = false;
  return row;
}

constexpr Contract gemini_2_0() {
  Contract row = before_gemini_3(8'192);
  row.fetches_urls = false;
  return row;
}

constexpr Contract gemini_1() {
  Contract row = gemini_2_0();
  row.web_search = W::kNot;
  row.takes_schemas = false;
  return row;
}

constexpr Contract gemma_3() {
  Contract row = gemini_1();
  row.takes_system = false;
  row.takes_penalties = false;
  row.context_tokens = 131'072;
  return row;
}

// Thinks or not, by the levels "high" and "minimal": https://ai.google.dev/gemma/docs/core/gemma_on_gemini_api
// A system role: https://ai.google.dev/gemma/docs/core/prompt-formatting-gemma4
constexpr Contract gemma_4() {
  Contract row = gemma_3();
  row.takes_system = true;
  row.reasoning = R::kIfAsked;
  row.thinking = T::kLevel;
  row.thinking_off = O::kMinimal;
  row.efforts = kHigh;
  row.output_tokens_max = 0;
  row.context_tokens = 262'144;
  return row;
}

// Levels: https://ai.google.dev/gemini-api/docs/thinking#thinking-levels
// Which accept a prefill: https://github.com/LibreChat-AI/agents/pull/323
constexpr Contract kNewestGemini = latest_gemini();
constexpr Row kGoogleRows[] = {
    {L::kGemini, 100, 199, "", gemini_1()},
    {L::kGemini, 200, 200, "", gemini_2_0()},
    {L::kGemini, 205, 205, "image", gemini_2_5_image()},
    {L::kGemini, 205, 205, "lite", with_budget(512, 24'576, O::kZeroBudget)},
    {L::kGemini, 205, 205, "pro", with_budget(128, 32'768, O::kNever)},
    {L::kGemini, 205, 205, "", with_budget(1, 24'576, O::kZeroBudget)},
    {L::kGemini, 305, 305, "lite", with_levels(kMinToHigh, false)},
    {L::kGemini, 300, 305, "flash", with_levels(kMinToHigh, true)},
    {L::kGemini, 306, 306, "flash", with_levels(kMinToHigh, false)},
    {L::kGemini, 300, 300, "pro", with_levels(kLowOrHigh, true)},
    {L::kGemini, 300, 305, "", with_levels(kLowToHigh, true)},
    {L::kGemini, 306, 399, "", with_levels(kLowToHigh, false)},
    {L::kGemini, 400, kAny, "", gemini_4(kLowToHigh)},
    {L::kGemma, 0, 399, "", gemma_3()},
    {L::kGemma, 400, kAny, "", gemma_4()},
};

}  // namespace

const Contract& google_contract(const Name& name) { return find_in(kGoogleRows, name, kNewestGemini); }

}  // namespace onellm::models
