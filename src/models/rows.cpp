// The table of models. A row is a line of models, its versions from … to, and a word of the name (empty: any); the
// first row that fits counts. A new model that differs is a new row, and nothing else changes.
#include <algorithm>
#include <iterator>

#include "models/contract.h"
#include "models/names.h"

namespace onellm::models {

namespace {

struct Row {
  Line line;
  uint32_t least;
  uint32_t most;
  std::string_view word;
  Contract contract;
};

constexpr uint32_t kAny = 9999;

using E = Effort;
using F = ForcedTools;
using L = Line;
using O = ThinkingOff;
using R = Reasoning;
using S = Sampling;
using T = ThinkingForm;
using W = WebSearch;

// --- OpenAI ---

// What an OpenAI model takes besides; a set.
using Takes = uint32_t;
constexpr Takes kStop = 1;
constexpr Takes kOldLimit = 2;  // max_tokens
constexpr Takes kSystem = 4;
constexpr Takes kFunctions = 8;
constexpr Takes kFlex = 16;
constexpr Takes kPriority = 32;
constexpr Takes kCache = 64;
constexpr Takes kTools = 128;  // Function tools on Chat Completions, whatever the effort.
constexpr Takes kChat = 256;   // Chat Completions at all.

constexpr Takes kOld = kChat | kStop | kOldLimit | kSystem | kFunctions | kTools;
constexpr Takes kO1 = kChat | kStop | kSystem | kTools;
constexpr Takes kO3 = kChat | kSystem | kTools | kFlex | kPriority;
constexpr Takes kGpt5 = kO3 | kStop;
constexpr Takes kGpt54 = kChat | kSystem | kFlex | kPriority | kStop;  // Tools only with effort none.
constexpr Takes kGpt56 = kGpt54 | kCache;

constexpr Contract openai(R reasoning, EffortSet chat, EffortSet responses, S sampling, Takes takes) {
  Contract row;
  row.reasoning = reasoning;
  row.efforts = chat;
  row.responses_efforts = responses;
  row.sampling = sampling;
  row.takes_stop = (takes & kStop) != 0;
  row.takes_max_tokens = (takes & kOldLimit) != 0;
  row.takes_system = (takes & kSystem) != 0;
  row.takes_functions = (takes & kFunctions) != 0;
  row.takes_flex = (takes & kFlex) != 0;
  row.takes_priority = (takes & kPriority) != 0;
  row.takes_cache_options = (takes & kCache) != 0;
  row.tools_need_no_effort = (takes & kTools) == 0;
  row.responses_only = (takes & kChat) == 0;
  return row;
}

constexpr EffortSet kLowToHigh{E::kLow, E::kHigh};
constexpr EffortSet kLowToXhigh{E::kLow, E::kXhigh};
constexpr EffortSet kLowToMax{E::kLow, E::kMax};
constexpr EffortSet kMediumToMax{E::kMedium, E::kMax};
constexpr EffortSet kMinimalToHigh{E::kMinimal, E::kHigh};
constexpr EffortSet kMedium{E::kMedium, E::kMedium};
constexpr EffortSet kNoneToHigh{E::kNone, E::kHigh};
constexpr EffortSet kNoneToMax{E::kNone, E::kMax};
constexpr EffortSet kNoneLowToMax = kLowToMax.with(E::kNone);
constexpr EffortSet kNothing{};

// https://platform.openai.com/docs/guides/reasoning, https://platform.openai.com/docs/models
// clang-format off
constexpr Row kOpenAiRows[] = {
    // line   versions   word              reasons        chat            responses       sampling              takes
    {L::kO,   100, 199,  "mini",    openai(R::kUnasked, kLowToHigh,     kLowToHigh,     S::kOnlyDefaults,     kO1 & ~kSystem)},
    {L::kO,   100, 199,  "preview", openai(R::kUnasked, kLowToHigh,     kLowToHigh,     S::kOnlyDefaults,     kO1 & ~kSystem)},
    {L::kO,   100, 199,  "pro",     openai(R::kUnasked, kLowToHigh,     kLowToHigh,     S::kOnlyDefaults,     kO1 & ~kChat)},
    {L::kO,   100, 199,  "",        openai(R::kUnasked, kLowToHigh,     kLowToHigh,     S::kOnlyDefaults,     kO1)},
    {L::kO,   200, kAny, "pro",     openai(R::kUnasked, kLowToHigh,     kLowToHigh,     S::kOnlyDefaults,     kO3 & ~kChat)},
    {L::kO,   200, kAny, "deep",    openai(R::kUnasked, kLowToHigh,     kLowToHigh,     S::kOnlyDefaults,     kO3 & ~kChat)},
    {L::kO,   300, 399,  "mini",    openai(R::kUnasked, kLowToHigh,     kLowToHigh,     S::kOnlyDefaults,     kO3 | kStop)},
    {L::kO,   200, kAny, "",        openai(R::kUnasked, kLowToHigh,     kLowToHigh,     S::kOnlyDefaults,     kO3)},
    {L::kGpt, 0,   399,  "",        openai(R::kNever,   kNothing,       kNothing,       S::kFree,             kOld)},
    {L::kGpt, 400, 499,  "search",  openai(R::kNever,   kNothing,       kNothing,       S::kNoTemperature,    kOld | kPriority)},
    {L::kGpt, 400, 499,  "",        openai(R::kNever,   kNothing,       kNothing,       S::kFree,             kOld | kPriority)},
    {L::kGpt, 500, 500,  "chat",    openai(R::kNever,   kNothing,       kNothing,       S::kFree,             kO1)},
    {L::kGpt, 500, 500,  "codex",   openai(R::kUnasked, kMinimalToHigh, kMinimalToHigh, S::kOnlyDefaults,     kGpt5 & ~kChat)},
    {L::kGpt, 500, 500,  "pro",     openai(R::kUnasked, kMinimalToHigh, kMinimalToHigh, S::kOnlyDefaults,     kGpt5 & ~kChat)},
    {L::kGpt, 500, 500,  "nano",    openai(R::kUnasked, kMinimalToHigh, kMinimalToHigh, S::kOnlyDefaults,     kGpt5 & ~kPriority)},
    {L::kGpt, 500, 500,  "",        openai(R::kUnasked, kMinimalToHigh, kMinimalToHigh, S::kOnlyDefaults,     kGpt5)},
    {L::kGpt, 501, 503,  "chat",    openai(R::kUnasked, kMedium,        kMedium,        S::kOnlyDefaults,     kO1)},
    {L::kGpt, 504, kAny, "chat",    openai(R::kUnasked, kMedium,        kMedium,        S::kOnlyDefaults,     kO1 & ~kTools)},
    {L::kGpt, 501, 505,  "codex",   openai(R::kUnasked, kLowToMax,      kLowToMax,      S::kOnlyDefaults,     kGpt54 & ~kChat)},
    {L::kGpt, 506, kAny, "codex",   openai(R::kUnasked, kLowToMax,      kLowToMax,      S::kOnlyDefaults,     kGpt56 & ~kChat)},
    {L::kGpt, 501, 505,  "pro",     openai(R::kUnasked, kMediumToMax,   kMediumToMax,   S::kOnlyDefaults,     kGpt54 & ~kChat)},
    {L::kGpt, 506, kAny, "pro",     openai(R::kUnasked, kMediumToMax,   kMediumToMax,   S::kOnlyDefaults,     kGpt56 & ~kChat)},
    {L::kGpt, 506, kAny, "cyber",   openai(R::kUnasked, kNoneLowToMax,  kNoneLowToMax,  S::kWithoutReasoning, kGpt56 & ~kChat)},
    {L::kGpt, 501, 501,  "",        openai(R::kIfAsked, kNoneToHigh,    kNoneToHigh,    S::kWithoutReasoning, kGpt5)},
    {L::kGpt, 502, 503,  "",        openai(R::kIfAsked, kNoneToMax,     kNoneToMax,     S::kWithoutReasoning, kGpt5)},
    {L::kGpt, 504, 504,  "nano",    openai(R::kIfAsked, kNoneToMax,     kNoneToMax,     S::kWithoutReasoning, kGpt54 & ~kPriority)},
    {L::kGpt, 504, 504,  "",        openai(R::kIfAsked, kNoneToMax,     kNoneToMax,     S::kWithoutReasoning, kGpt54)},
    {L::kGpt, 505, 505,  "",        openai(R::kUnasked, kNoneToMax,     kNoneToMax,     S::kWithoutReasoning, kGpt54)},
    {L::kGpt, 506, kAny, "nano",    openai(R::kUnasked, kNoneLowToMax,  kNoneLowToMax,  S::kWithoutReasoning, kGpt56 & ~kPriority)},
    {L::kGpt, 506, 599,  "",        openai(R::kUnasked, kNoneLowToMax,  kNoneLowToMax,  S::kWithoutReasoning, kGpt56)},
    {L::kGpt, 600, 600,  "astra",   openai(R::kUnasked, kLowToMax,      kLowToMax,      S::kOnlyDefaults,     kGpt56 & ~kStop)},
    {L::kGpt, 600, 600,  "",        openai(R::kUnasked, kNoneLowToMax,  kNoneLowToMax,  S::kWithoutReasoning, kGpt56)},
    {L::kGpt, 601, kAny, "",        openai(R::kUnasked, kLowToXhigh,    kLowToMax,      S::kRefused,          kGpt56)},
};
// clang-format on

constexpr Contract kUnknown;

// --- Anthropic ---

// What a Claude model takes besides; a set.
constexpr Takes kPrefill = 1;
constexpr Takes kSchemas = 2;  // output_config.format, and tools with `strict`
constexpr Takes kInline = 4;   // Messages of role system within the conversation.

constexpr Contract claude(int64_t output_tokens_max, T thinking, R reasoning, O off, S sampling, F forced,
                          EffortSet efforts, Takes takes) {
  Contract row;
  row.output_tokens_max = output_tokens_max;
  row.thinking = thinking;
  row.reasoning = reasoning;
  row.thinking_off = off;
  row.sampling = sampling;
  row.forced_tools = forced;
  row.efforts = efforts;
  row.takes_prefill = (takes & kPrefill) != 0;
  row.takes_schemas = (takes & kSchemas) != 0;
  row.takes_inline_system = (takes & kInline) != 0;
  return row;
}

constexpr EffortSet kNoXhigh = kLowToHigh.with(E::kMax);
constexpr Takes kNow = kSchemas | kInline;

// https://docs.claude.com/en/docs/about-claude/models/overview
// clang-format off
constexpr Contract kNewestClaude =
                                claude(128'000, T::kAdaptive, R::kUnasked, O::kNever,        S::kRefused, F::kRefused,        kLowToMax,  kNow);
constexpr Row kClaudeRows[] = {
    // line       versions   word      tokens   thinking      unasked      off               sampling     forced tools        efforts     takes
    {L::kFable,   500, 500,  "", claude(128'000, T::kAdaptive, R::kUnasked, O::kNever,        S::kRefused, F::kRefused,        kLowToMax,  kSchemas)},
    {L::kMythos,  500, 500,  "", claude(128'000, T::kAdaptive, R::kUnasked, O::kNever,        S::kRefused, F::kRefused,        kLowToMax,  kSchemas)},
    {L::kSonnet,  505, 505,  "", claude(128'000, T::kAdaptive, R::kUnasked, O::kBetweenTools, S::kRefused, F::kRefused,        kLowToMax,  kNow)},
    {L::kOpus,    500, 500,  "", claude(128'000, T::kAdaptive, R::kUnasked, O::kDisabled,     S::kRefused, F::kUnlessThinking, kLowToMax,  kNow)},
    {L::kSonnet,  500, 500,  "", claude(128'000, T::kAdaptive, R::kUnasked, O::kDisabled,     S::kRefused, F::kFree,           kLowToMax,  kSchemas)},
    {L::kOpus,    408, 408,  "", claude(128'000, T::kAdaptive, R::kIfAsked, O::kDisabled,     S::kRefused, F::kFree,           kLowToMax,  kNow)},
    {L::kOpus,    407, 407,  "", claude(128'000, T::kAdaptive, R::kIfAsked, O::kDisabled,     S::kRefused, F::kFree,           kLowToMax,  kSchemas)},
    {L::kOpus,    406, 406,  "", claude(128'000, T::kAdaptive, R::kIfAsked, O::kDisabled,     S::kOneOf,   F::kUnlessThinking, kNoXhigh,   kSchemas)},
    {L::kSonnet,  406, 406,  "", claude(128'000, T::kAdaptive, R::kIfAsked, O::kDisabled,     S::kOneOf,   F::kUnlessThinking, kNoXhigh,   kSchemas)},
    {L::kOpus,    405, 405,  "", claude( 64'000, T::kBudget,   R::kIfAsked, O::kLeaveOut,     S::kOneOf,   F::kUnlessThinking, kLowToHigh, kSchemas | kPrefill)},
    {L::kSonnet,  405, 405,  "", claude( 64'000, T::kBudget,   R::kIfAsked, O::kLeaveOut,     S::kOneOf,   F::kUnlessThinking, kNothing,   kSchemas | kPrefill)},
    {L::kHaiku,   405, 405,  "", claude( 64'000, T::kBudget,   R::kIfAsked, O::kLeaveOut,     S::kOneOf,   F::kUnlessThinking, kNothing,   kSchemas | kPrefill)},
    {L::kOpus,    400, 401,  "", claude( 32'000, T::kBudget,   R::kIfAsked, O::kLeaveOut,     S::kFree,    F::kUnlessThinking, kNothing,   kPrefill)},
    {L::kSonnet,  400, 400,  "", claude( 64'000, T::kBudget,   R::kIfAsked, O::kLeaveOut,     S::kFree,    F::kUnlessThinking, kNothing,   kPrefill)},
    {L::kClaude,  307, 307,  "", claude( 64'000, T::kBudget,   R::kIfAsked, O::kLeaveOut,     S::kFree,    F::kUnlessThinking, kNothing,   kPrefill)},
    {L::kClaude,  305, 305,  "", claude(  8'192, T::kNone,     R::kNever,   O::kLeaveOut,     S::kFree,    F::kFree,           kNothing,   kPrefill)},
    {L::kClaude,  300, 399,  "", claude(  4'096, T::kNone,     R::kNever,   O::kLeaveOut,     S::kFree,    F::kFree,           kNothing,   kPrefill)},
    {L::kClaude,  100, 299,  "", claude(  4'096, T::kNone,     R::kNever,   O::kLeaveOut,     S::kFree,    F::kFree,           kNothing,   kPrefill)},
    {L::kInstant, 0,   kAny, "", claude(  4'096, T::kNone,     R::kNever,   O::kLeaveOut,     S::kFree,    F::kFree,           kNothing,   kPrefill)},
};
// clang-format on

// --- Google ---

constexpr Contract with_levels(EffortSet levels) {
  Contract row;
  row.reasoning = R::kUnasked;
  row.thinking = T::kLevel;
  row.thinking_off = O::kNever;
  row.efforts = levels;
  row.signs_thoughts = true;
  return row;
}

constexpr Contract before_gemini_3() {
  Contract row;
  row.reasoning = R::kNever;
  row.web_search = W::kAlone;
  row.takes_result_media = false;
  row.takes_part_resolution = false;
  return row;
}

// https://ai.google.dev/gemini-api/docs/thinking#set-budget
constexpr Contract with_budget(int32_t least, int32_t most, O off) {
  Contract row = before_gemini_3();
  row.reasoning = R::kUnasked;
  row.thinking = T::kBudget;
  row.budget_least = least;
  row.budget_most = most;
  row.thinking_off = off;
  return row;
}

constexpr Contract gemini_2_0() {
  Contract row = before_gemini_3();
  row.fetches_urls = false;
  return row;
}

constexpr Contract gemini_1() {
  Contract row = gemini_2_0();
  row.web_search = W::kNot;
  row.takes_schemas = false;
  return row;
}

constexpr Contract gemma() {
  Contract row = gemini_1();
  row.takes_system = false;
  return row;
}

// https://ai.google.dev/gemini-api/docs/thinking#thinking-levels
constexpr Contract kNewestGemini = with_levels(kLowToHigh);
constexpr Row kGoogleRows[] = {
    {L::kGemini, 100, 199, "", gemini_1()},
    {L::kGemini, 200, 200, "", gemini_2_0()},
    {L::kGemini, 205, 205, "image", before_gemini_3()},
    {L::kGemini, 205, 205, "lite", with_budget(512, 24'576, O::kZeroBudget)},
    {L::kGemini, 205, 205, "pro", with_budget(128, 32'768, O::kNever)},
    {L::kGemini, 205, 205, "", with_budget(1, 24'576, O::kZeroBudget)},
    {L::kGemini, 300, 306, "flash", with_levels(kMinimalToHigh)},
    {L::kGemma, 0, kAny, "", gemma()},
};

// --- models of hosts that speak OpenAI's format ---

constexpr Contract without_idle_reasoning() {
  Contract row;
  row.takes_idle_reasoning = false;
  return row;
}

// https://api-docs.deepseek.com/guides/thinking_mode
constexpr Row kHostedRows[] = {
    {L::kDeepseekReasoner, 0, kAny, "", without_idle_reasoning()},
};

template <size_t count>
const Contract& find_in(const Row (&rows)[count], const Name& name, const Contract& otherwise) {
  const Row* const found = std::find_if(std::begin(rows), std::end(rows), [&name](const Row& row) {
    return row.line == name.line && name.version >= row.least && name.version <= row.most &&
           (row.word.empty() || has_word(name.variant, row.word));
  });
  return found == std::end(rows) ? otherwise : found->contract;
}

}  // namespace

const Contract& contract_of(Maker maker, std::string_view model) {
  const Name name = read_name(maker, model);
  switch (maker) {
    case Maker::kNone: return find_in(kHostedRows, name, kUnknown);
    case Maker::kOpenAi: return find_in(kOpenAiRows, name, kUnknown);
    case Maker::kAnthropic: return find_in(kClaudeRows, name, kNewestClaude);
    case Maker::kGoogle: return find_in(kGoogleRows, name, kNewestGemini);
  }
  return kUnknown;
}

}  // namespace onellm::models
