// The tables of models at hosts that speak OpenAI's format.
#include "models/rows/row.h"

namespace onellm::models {

namespace {

using E = Effort;
using L = Line;
using O = ThinkingOff;
using R = Reasoning;
using S = Sampling;

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

}  // namespace

const Contract& hosted_contract(const Name& name) { return find_in(kHostedRows, name, kUnknown); }

const Contract& moonshot_contract(const Name& name) { return find_in(kMoonshotRows, name, kUnknown); }

}  // namespace onellm::models
