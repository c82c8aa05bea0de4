// The table of OpenAI's models.
#include "models/rows/row.h"

namespace onellm::models {

namespace {

using E = Effort;
using L = Line;
using R = Reasoning;
using S = Sampling;

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

constexpr EffortSet kMed{E::kMedium, E::kMedium};
constexpr EffortSet kLowToXhigh{E::kLow, E::kXhigh};
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

}  // namespace

const Contract& openai_contract(const Name& name) { return find_in(kOpenAiRows, name, kUnknown); }

}  // namespace onellm::models
