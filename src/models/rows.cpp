// The table of models. A row has a line of models, its lowest and highest version, a word of the name (empty: any) and
// a contract. The first row that fits counts.
//
// Rule: a new model that differs from the others is a new row here; nothing else changes.
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

// Other features that an OpenAI model accepts. Bits of a set.
using Takes = uint32_t;
constexpr Takes kStop = 1;
constexpr Takes kOldLimit = 2;  // max_tokens
constexpr Takes kSystem = 4;
constexpr Takes kFunctions = 8;
constexpr Takes kFlex = 16;
constexpr Takes kPriority = 32;
constexpr Takes kCache = 64;
constexpr Takes kTools = 128;  // Function tools on Chat Completions, with any effort.
constexpr Takes kChat = 256;   // Chat Completions at all.

constexpr Takes kOld = kChat | kStop | kOldLimit | kSystem | kFunctions | kTools;
constexpr Takes kO1 = kChat | kStop | kSystem | kTools;
constexpr Takes kO3 = kChat | kSystem | kTools | kFlex | kPriority;
constexpr Takes kGpt5 = kO3 | kStop;
constexpr Takes kGpt54 = kChat | kSystem | kFlex | kPriority | kStop;  // Tools only with effort none.
constexpr Takes kGpt56 = kGpt54 | kCache;

constexpr Contract openai(R reasoning, EffortSet chat, EffortSet responses, S sampling, Takes takes,
                          int64_t output_tokens_max, int64_t context_tokens) {
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
  row.output_tokens_max = output_tokens_max;
  row.context_tokens = context_tokens;
  return row;
}

constexpr EffortSet kNothing{};
constexpr EffortSet kMed{E::kMedium, E::kMedium};
constexpr EffortSet kHigh{E::kHigh, E::kHigh};
constexpr EffortSet kMinToHigh{E::kMinimal, E::kHigh};
constexpr EffortSet kLowToHigh{E::kLow, E::kHigh};
constexpr EffortSet kLowToXhigh{E::kLow, E::kXhigh};
constexpr EffortSet kLowToMax{E::kLow, E::kMax};
constexpr EffortSet kMedToXhigh{E::kMedium, E::kXhigh};
constexpr EffortSet kMedToMax{E::kMedium, E::kMax};
constexpr EffortSet kOffToHigh = kLowToHigh.with(E::kNone);  // No minimal in these.
constexpr EffortSet kOffToXhigh = kLowToXhigh.with(E::kNone);
constexpr EffortSet kOffToMax = kLowToMax.with(E::kNone);

// Models, most output, context: https://platform.openai.com/docs/models
// Efforts: https://platform.openai.com/docs/guides/reasoning, and ReasoningEffort in
//   https://github.com/openai/openai-openapi (gpt-5-pro: high alone; xhigh: after gpt-5.1-codex-max).
//   5.1: https://github.com/anomalyco/opencode/issues/4451. 5.2 to 5.5 end at xhigh:
//   https://github.com/The-PR-Agent/pr-agent/issues/3259. 5.6: https://github.com/mnfst/modelparams.dev/pull/236 (Chat)
//   and /issues/88 (Responses); Chat's own 400 ends at xhigh: https://github.com/mnfst/modelparams.dev/pull/207.
//   6-astra: https://github.com/BerriAI/litellm-docs/pull/1173.
//   6.1-terra, from none to max: https://docs.litellm.ai/blog/gpt-6-1-terra.
// Sampling, stop, tools with reasoning: https://github.com/bolna-ai/bolna/pull/1019,
//   https://github.com/onyx-dot-app/onyx/issues/15008.
// clang-format off
constexpr Row kOpenAiRows[] = {
    // line   versions   word              reasons       chat         responses    sampling              takes                  output   context
    {L::kO,   100, 199,  "mini",    openai(R::kUnasked, kLowToHigh,  kLowToHigh,  S::kOnlyDefaults,     kO1 & ~kSystem,     65'536,   128'000)},
    {L::kO,   100, 199,  "preview", openai(R::kUnasked, kLowToHigh,  kLowToHigh,  S::kOnlyDefaults,     kO1 & ~kSystem,     32'768,   128'000)},
    {L::kO,   100, 199,  "pro",     openai(R::kUnasked, kLowToHigh,  kLowToHigh,  S::kOnlyDefaults,     kO1 & ~kChat,      100'000,   200'000)},
    {L::kO,   100, 199,  "",        openai(R::kUnasked, kLowToHigh,  kLowToHigh,  S::kOnlyDefaults,     kO1,               100'000,   200'000)},
    {L::kO,   200, kAny, "pro",     openai(R::kUnasked, kLowToHigh,  kLowToHigh,  S::kOnlyDefaults,     kO3 & ~kChat,      100'000,   200'000)},
    {L::kO,   200, kAny, "deep",    openai(R::kUnasked, kMed,        kMed,        S::kOnlyDefaults,     kO3 & ~kChat,      100'000,   200'000)},
    {L::kO,   300, 399,  "mini",    openai(R::kUnasked, kLowToHigh,  kLowToHigh,  S::kOnlyDefaults,     kO3 | kStop,       100'000,   200'000)},
    {L::kO,   200, kAny, "",        openai(R::kUnasked, kLowToHigh,  kLowToHigh,  S::kOnlyDefaults,     kO3,               100'000,   200'000)},
    {L::kGpt, 0,   399,  "16k",     openai(R::kNever,   kNothing,    kNothing,    S::kFree,             kOld,                    0,         0)},
    {L::kGpt, 0,   399,  "",        openai(R::kNever,   kNothing,    kNothing,    S::kFree,             kOld,                    4'096,    16'385)},
    {L::kOmni, 400, 499, "search",  openai(R::kNever,   kNothing,    kNothing,    S::kNoTemperature,    kOld | kPriority,   16'384,   128'000)},
    {L::kOmni, 400, 499, "",        openai(R::kNever,   kNothing,    kNothing,    S::kFree,             kOld | kPriority,   16'384,   128'000)},
    {L::kGpt, 400, 499,  "search",  openai(R::kNever,   kNothing,    kNothing,    S::kNoTemperature,    kOld | kPriority,   16'384,   128'000)},
    {L::kGpt, 401, 401,  "",        openai(R::kNever,   kNothing,    kNothing,    S::kFree,             kOld | kPriority,   32'768, 1'047'576)},
    {L::kGpt, 400, 400,  "turbo",   openai(R::kNever,   kNothing,    kNothing,    S::kFree,             kOld | kPriority,    4'096,   128'000)},
    {L::kGpt, 400, 400,  "32k",     openai(R::kNever,   kNothing,    kNothing,    S::kFree,             kOld | kPriority,   32'768,    32'768)},
    {L::kGpt, 400, 400,  "preview", openai(R::kNever,   kNothing,    kNothing,    S::kFree,             kOld | kPriority,    4'096,   128'000)},
    {L::kGpt, 400, 400,  "",        openai(R::kNever,   kNothing,    kNothing,    S::kFree,             kOld | kPriority,    8'192,     8'192)},
    {L::kGpt, 400, 499,  "",        openai(R::kNever,   kNothing,    kNothing,    S::kFree,             kOld | kPriority,        0,         0)},
    {L::kGpt, 500, 500,  "chat",    openai(R::kNever,   kNothing,    kNothing,    S::kFree,             kO1,                16'384,   128'000)},
    {L::kGpt, 500, 500,  "codex",   openai(R::kUnasked, kLowToHigh,  kLowToHigh,  S::kOnlyDefaults,     kGpt5 & ~kChat,    128'000,   400'000)},
    {L::kGpt, 500, 500,  "pro",     openai(R::kUnasked, kHigh,       kHigh,       S::kOnlyDefaults,     kGpt5 & ~kChat,    272'000,   400'000)},
    {L::kGpt, 500, 500,  "nano",    openai(R::kUnasked, kMinToHigh,  kMinToHigh,  S::kOnlyDefaults,     kGpt5 & ~kPriority, 128'000,  400'000)},
    {L::kGpt, 500, 500,  "",        openai(R::kUnasked, kMinToHigh,  kMinToHigh,  S::kOnlyDefaults,     kGpt5,             128'000,   400'000)},
    {L::kGpt, 501, 503,  "chat",    openai(R::kUnasked, kMed,        kMed,        S::kOnlyDefaults,     kO1,                16'384,   128'000)},
    {L::kGpt, 504, kAny, "chat",    openai(R::kUnasked, kMed,        kMed,        S::kOnlyDefaults,     kO1 & ~kTools,      16'384,   128'000)},
    {L::kGpt, 501, 501,  "max",     openai(R::kUnasked, kLowToXhigh, kLowToXhigh, S::kOnlyDefaults,     kGpt54 & ~kChat,   128'000,   400'000)},
    {L::kGpt, 501, 501,  "codex",   openai(R::kUnasked, kLowToHigh,  kLowToHigh,  S::kOnlyDefaults,     kGpt54 & ~kChat,   128'000,   400'000)},
    {L::kGpt, 502, 505,  "codex",   openai(R::kUnasked, kLowToXhigh, kLowToXhigh, S::kOnlyDefaults,     kGpt54 & ~kChat,   128'000,   400'000)},
    {L::kGpt, 506, kAny, "codex",   openai(R::kUnasked, kLowToMax,   kLowToMax,   S::kOnlyDefaults,     kGpt56 & ~kChat,   128'000,   400'000)},
    {L::kGpt, 501, 501,  "pro",     openai(R::kUnasked, kHigh,       kHigh,       S::kOnlyDefaults,     kGpt54 & ~kChat,   128'000,   400'000)},
    {L::kGpt, 502, 505,  "pro",     openai(R::kUnasked, kMedToXhigh, kMedToXhigh, S::kOnlyDefaults,     kGpt54 & ~kChat,   128'000, 1'050'000)},
    {L::kGpt, 506, kAny, "pro",     openai(R::kUnasked, kMedToMax,   kMedToMax,   S::kOnlyDefaults,     kGpt56 & ~kChat,   128'000, 1'050'000)},
    {L::kGpt, 506, kAny, "cyber",   openai(R::kUnasked, kOffToMax,   kOffToMax,   S::kWithoutReasoning, kGpt56 & ~kChat,   128'000, 1'050'000)},
    {L::kGpt, 501, 501,  "",        openai(R::kIfAsked, kOffToHigh,  kOffToHigh,  S::kWithoutReasoning, kGpt5,             128'000,   400'000)},
    {L::kGpt, 502, 503,  "",        openai(R::kIfAsked, kOffToXhigh, kOffToXhigh, S::kWithoutReasoning, kGpt5,             128'000,   400'000)},
    {L::kGpt, 504, 504,  "nano",    openai(R::kIfAsked, kOffToXhigh, kOffToXhigh, S::kWithoutReasoning, kGpt54 & ~kPriority, 128'000, 400'000)},
    {L::kGpt, 504, 504,  "",        openai(R::kIfAsked, kOffToXhigh, kOffToXhigh, S::kWithoutReasoning, kGpt54,            128'000, 1'050'000)},
    {L::kGpt, 505, 505,  "",        openai(R::kUnasked, kOffToXhigh, kOffToXhigh, S::kWithoutReasoning, kGpt54,            128'000, 1'050'000)},
    {L::kGpt, 506, 600,  "nano",    openai(R::kUnasked, kOffToXhigh, kOffToMax,   S::kWithoutReasoning, kGpt56 & ~kPriority, 128'000, 1'050'000)},
    {L::kGpt, 506, 599,  "",        openai(R::kUnasked, kOffToXhigh, kOffToMax,   S::kWithoutReasoning, kGpt56,            128'000, 1'050'000)},
    {L::kGpt, 600, 600,  "astra",   openai(R::kUnasked, kLowToXhigh, kLowToMax,   S::kOnlyDefaults,     kGpt56 & ~kStop,   128'000, 1'050'000)},
    {L::kGpt, 600, 600,  "",        openai(R::kUnasked, kOffToXhigh, kOffToMax,   S::kWithoutReasoning, kGpt56,            128'000, 1'050'000)},
    {L::kGpt, 601, 601,  "terra",   openai(R::kUnasked, kOffToXhigh, kOffToMax,   S::kRefused,          kGpt56,            128'000, 1'050'000)},
    {L::kGpt, 601, kAny, "",        openai(R::kUnasked, kLowToXhigh, kLowToMax,   S::kRefused,          kGpt56,            128'000, 1'050'000)},
};
// clang-format on

constexpr Contract kUnknown;

// --- Anthropic ---

// Other features that a Claude model accepts. Bits of a set.
constexpr Takes kPrefill = 1;
constexpr Takes kSchemas = 2;  // output_config.format, and tools with `strict`
constexpr Takes kInline = 4;   // Messages of role system inside the conversation.

constexpr Takes kTalk = 8;      // Text between calls arrives as text, not as thinking.
constexpr Takes kUnbound = 16;  // Signed thinking, also after a conversation other than its own.

constexpr Contract claude(int64_t output_tokens_max, int64_t context_tokens, T thinking, R reasoning, O off,
                          Effort off_effort_most, S sampling, F forced, EffortSet efforts, Takes takes) {
  Contract row;
  row.output_tokens_max = output_tokens_max;
  row.context_tokens = context_tokens;
  row.thinking = thinking;
  row.reasoning = reasoning;
  row.thinking_off = off;
  row.off_effort_most = off_effort_most;
  row.sampling = sampling;
  row.forced_tools = forced;
  row.efforts = efforts;
  row.takes_prefill = (takes & kPrefill) != 0;
  row.takes_schemas = (takes & kSchemas) != 0;
  row.takes_inline_system = (takes & kInline) != 0;
  row.hides_tool_talk = (takes & kTalk) == 0;
  row.binds_thoughts = (takes & kUnbound) == 0;
  return row;
}

constexpr int64_t k1M = 1'000'000;
constexpr EffortSet kNoXhigh = kLowToHigh.with(E::kMax);
constexpr Takes kNewest = kSchemas | kInline;
constexpr Takes kNew = kSchemas | kInline | kTalk | kUnbound;
constexpr Takes kMid = kSchemas | kTalk | kUnbound;
constexpr Takes kPrefilled = kSchemas | kPrefill | kTalk | kUnbound;
constexpr Takes kFirst = kPrefill | kTalk | kUnbound;

// Models, most output, context: https://docs.claude.com/en/docs/about-claude/models/overview
// Thinking: https://docs.claude.com/en/docs/build-with-claude/adaptive-thinking and …/extended-thinking
// Efforts, and up to which of them thinking can be off: https://docs.claude.com/en/docs/build-with-claude/effort
// Forced tools, text between calls: https://docs.claude.com/en/docs/about-claude/models/whats-new-claude-fable-5-1
//   and …/whats-new-claude-opus-5-5 (new with those: fable-5 and mythos-5 take them)
// Bound thinking: https://platform.claude.com/docs/en/build-with-claude/extended-thinking#prefix-checks
// haiku-5-5: https://docs.claude.com/en/docs/build-with-claude/prompt-engineering/prompting-claude-haiku-5-5
// clang-format off
constexpr Contract kNewestClaude =
                                claude(128'000, k1M,     T::kAdaptive, R::kUnasked, O::kNever,        E::kMax,  S::kRefused, F::kRefused,        kLowToMax,  kNewest);
constexpr Row kClaudeRows[] = {
    // line       versions   word      output   context  thinking      reasons      off               up to     sampling     forced tools        efforts     takes
    {L::kFable,   500, 500,  "", claude(128'000, k1M,     T::kAdaptive, R::kUnasked, O::kNever,        E::kMax,  S::kRefused, F::kFree,           kLowToMax,  kMid)},
    {L::kMythos,  500, 500,  "", claude(128'000, k1M,     T::kAdaptive, R::kUnasked, O::kNever,        E::kMax,  S::kRefused, F::kFree,           kLowToMax,  kMid)},
    {L::kSonnet,  505, 505,  "", claude(128'000, k1M,     T::kAdaptive, R::kUnasked, O::kBetweenTools, E::kHigh, S::kRefused, F::kRefused,        kLowToMax,  kNewest)},
    {L::kHaiku,   505, 505,  "", claude(128'000, k1M,     T::kAdaptive, R::kUnasked, O::kDisabled,     E::kHigh, S::kRefused, F::kUnlessThinking, kLowToMax,  kNew)},
    {L::kOpus,    500, 500,  "", claude(128'000, k1M,     T::kAdaptive, R::kUnasked, O::kDisabled,     E::kHigh, S::kRefused, F::kUnlessThinking, kLowToMax,  kNew)},
    {L::kSonnet,  500, 500,  "", claude(128'000, k1M,     T::kAdaptive, R::kUnasked, O::kDisabled,     E::kMax,  S::kRefused, F::kFree,           kLowToMax,  kMid)},
    {L::kOpus,    408, 408,  "", claude(128'000, k1M,     T::kAdaptive, R::kIfAsked, O::kDisabled,     E::kMax,  S::kRefused, F::kFree,           kLowToMax,  kNew)},
    {L::kOpus,    407, 407,  "", claude(128'000, k1M,     T::kAdaptive, R::kIfAsked, O::kDisabled,     E::kMax,  S::kRefused, F::kFree,           kLowToMax,  kMid)},
    {L::kOpus,    406, 406,  "", claude(128'000, k1M,     T::kAdaptive, R::kIfAsked, O::kDisabled,     E::kMax,  S::kOneOf,   F::kUnlessThinking, kNoXhigh,   kMid)},
    {L::kSonnet,  406, 406,  "", claude(128'000, k1M,     T::kAdaptive, R::kIfAsked, O::kDisabled,     E::kMax,  S::kOneOf,   F::kUnlessThinking, kNoXhigh,   kMid)},
    {L::kOpus,    405, 405,  "", claude( 64'000, 200'000, T::kBudget,   R::kIfAsked, O::kLeaveOut,     E::kMax,  S::kOneOf,   F::kUnlessThinking, kLowToHigh, kPrefilled)},
    {L::kSonnet,  405, 405,  "", claude( 64'000, 200'000, T::kBudget,   R::kIfAsked, O::kLeaveOut,     E::kMax,  S::kOneOf,   F::kUnlessThinking, kNothing,   kPrefilled)},
    {L::kHaiku,   405, 405,  "", claude( 64'000, 200'000, T::kBudget,   R::kIfAsked, O::kLeaveOut,     E::kMax,  S::kOneOf,   F::kUnlessThinking, kNothing,   kPrefilled)},
    {L::kOpus,    400, 401,  "", claude( 32'000, 200'000, T::kBudget,   R::kIfAsked, O::kLeaveOut,     E::kMax,  S::kFree,    F::kUnlessThinking, kNothing,   kFirst)},
    {L::kSonnet,  400, 400,  "", claude( 64'000, 200'000, T::kBudget,   R::kIfAsked, O::kLeaveOut,     E::kMax,  S::kFree,    F::kUnlessThinking, kNothing,   kFirst)},
    {L::kClaude,  307, 307,  "", claude( 64'000, 200'000, T::kBudget,   R::kIfAsked, O::kLeaveOut,     E::kMax,  S::kFree,    F::kUnlessThinking, kNothing,   kFirst)},
    {L::kClaude,  305, 305,  "", claude(  8'192, 200'000, T::kNone,     R::kNever,   O::kLeaveOut,     E::kMax,  S::kFree,    F::kFree,           kNothing,   kFirst)},
    {L::kClaude,  300, 399,  "", claude(  4'096, 200'000, T::kNone,     R::kNever,   O::kLeaveOut,     E::kMax,  S::kFree,    F::kFree,           kNothing,   kFirst)},
    {L::kClaude,  100, 299,  "", claude(  4'096, 100'000, T::kNone,     R::kNever,   O::kLeaveOut,     E::kMax,  S::kFree,    F::kFree,           kNothing,   kFirst)},
    {L::kInstant, 0,   kAny, "", claude(  4'096, 100'000, T::kNone,     R::kNever,   O::kLeaveOut,     E::kMax,  S::kFree,    F::kFree,           kNothing,   kFirst)},
};
// clang-format on

// --- Google ---

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

constexpr EffortSet kLowOrHigh = EffortSet(E::kLow, E::kLow).with(E::kHigh);

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

// --- models of hosts that speak OpenAI's format ---

constexpr Contract without_idle_reasoning() {
  Contract row;
  row.takes_idle_reasoning = false;
  row.thinking_off = O::kNever;
  return row;
}

constexpr Contract thinking_unless_disabled() {
  Contract row;
  row.thinking_off = O::kDisabled;
  return row;
}

// https://api-docs.deepseek.com/guides/thinking_mode, https://github.com/osaurus-ai/osaurus/pull/1940 (from V4 on they
// think by default)
constexpr Row kHostedRows[] = {
    {L::kDeepseek, 400, kAny, "", thinking_unless_disabled()},
    {L::kDeepseekReasoner, 0, kAny, "", without_idle_reasoning()},
};

// --- Moonshot's models at Moonshot ---

// Sampling is fixed; its values with and without thinking differ. `n` is 1:
// https://platform.kimi.ai/docs/guide/migrating-from-openai-to-kimi, https://github.com/HKUDS/nanobot/pull/4967
// Which always think, and efforts: https://java.agentscope.io/v2/en/integration/model/kimi
constexpr Contract kimi(O off) {
  Contract row;
  row.sampling = S::kRefused;
  row.choices_max = 1;
  row.thinking_off = off;
  row.context_tokens = 262'144;
  return row;
}
constexpr Contract kimi_3() {
  Contract row = kimi(O::kNever);
  row.reasoning = R::kUnasked;
  row.efforts = kLowOrHigh.with(E::kMax);
  return row;
}

constexpr Row kMoonshotRows[] = {
    {L::kKimi, 207, 299, "code", kimi(O::kNever)},
    {L::kKimi, 205, 299, "", kimi(O::kDisabled)},
    {L::kKimi, 300, kAny, "", kimi_3()},
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
    case Maker::kMoonshot: return find_in(kMoonshotRows, name, kUnknown);
  }
  return kUnknown;
}

}  // namespace onellm::models
