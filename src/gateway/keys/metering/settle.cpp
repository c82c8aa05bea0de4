#include "gateway/keys/metering/settle.h"

#include <algorithm>
#include <string>

#include "base/limits.h"
#include "gateway/keys/store.h"
#include "keys/amounts.h"
#include "keys/flat.h"

namespace onellm::gateway {

namespace {

struct SettleCall {
  std::string key = {};
  std::string id = {};
  int64_t money = 0;
  int64_t tokens = 0;

  template <typename Visit, typename Self>
  static void visit_members(Visit& visit, Self& self) {
    visit.text("key", self.key);
    visit.text("id", self.id);
    visit.money("money", self.money);
    visit.number("tokens", self.tokens);
  }
};

// True if the answer broke off, and its model may have written more than what came: then the call counts as what was
// reserved for it, since otherwise whoever leaves before the usage comes would reason for nothing.
bool may_be_more(const CallRecord& call) {
  return call.usage_source == UsageSource::kEstimated && call.reserved.may_be_hidden;
}

// A call whose usage nobody knows, and that may have been billed, counts as what was reserved for it.
int64_t tokens_of(const CallRecord& call) {
  if (call.usage_source == UsageSource::kNone) return call.cost ? 0 : call.reserved.tokens;
  const auto known = [](int64_t tokens) { return std::clamp<int64_t>(tokens, 0, kTokensMax); };
  const int64_t tokens = known(call.usage.prompt_tokens) + known(call.usage.completion_tokens);
  return may_be_more(call) ? std::max(tokens, call.reserved.tokens) : tokens;
}

prices::PicoUsd money_of(const CallRecord& call) {
  const prices::PicoUsd money = call.cost.value_or(call.reserved.money);
  return may_be_more(call) ? std::max(money, call.reserved.money) : money;
}

}  // namespace

void settle_key(Context& context) {
  if (!context.key_use.is_to_settle) return;
  context.key_use.is_to_settle = false;
  SettleCall settle{.key = std::string(context.caller.id()), .id = context.request_id};
  for (const CallRecord& call : context.account.calls) {
    settle.money = keys::plus(settle.money, money_of(call));
    settle.tokens = keys::plus(settle.tokens, tokens_of(call));
  }
  tell_limiter(context, settle.key, "settle", keys::to_json(settle));
}

}  // namespace onellm::gateway
