// The table of Anthropic's models.
#include "models/rows/row.h"

namespace onellm::models {

namespace {

using E = Effort;
using F = ForcedTools;
using L = Line;
using O = ThinkingOff;
using R = Reasoning;
using S = Sampling;
using T = ThinkingForm;

// Other features that a Claude model accepts. Bits of a set.
using Takes = uint32_t;
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

}  // namespace

const Contract& claude_contract(const Name& name) { return find_in(kClaudeRows, name, kNewestClaude); }

}  // namespace onellm::models
