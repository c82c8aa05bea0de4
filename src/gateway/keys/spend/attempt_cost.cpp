#include "gateway/keys/spend/attempt_cost.h"

#include <algorithm>
#include <vector>

#include "base/limits.h"
#include "keys/amounts.h"
#include "prices/prices.h"

namespace onellm::gateway {

namespace {

// Of an answer whose body has no limit although the client named one, or the gateway would name one: the settings of
// the deployment leave it out.
int64_t unlimited_tokens(const models::Contract& contract) {
  return contract.output_tokens_max > 0 ? contract.output_tokens_max : kKeyOutputTokensAskedMax;
}

// The name of a deployment's model, which has a price.
std::string_view priced_name(const routing::Target& target) {
  const providers::Provider& provider = *target.provider;
  if (provider.kind->setup != providers::Setup::kResources) return target.model;
  const auto found = std::find_if(provider.models.begin(), provider.models.end(),
                                  [&target](const auto& model) { return model.upstream == target.model; });
  return found == provider.models.end() ? std::string_view(target.model) : std::string_view(found->name);
}

// The prices of a short prompt and of one that is as long as this, since a long one may be dearer.
std::vector<prices::Prices> prices_for(const dialects::CostFacts& facts, const CostQuestion& question,
                                       int64_t prompt_tokens) {
  const routing::Target& target = question.target;
  const prices::Service service{.provider = target.provider->name,
                                .base = target.provider->base,
                                .model = priced_name(target),
                                .asked = target.model,
                                .is_free = target.provider->kind->dialect == nullptr,
                                .has_other_prices = facts.has_other_prices};
  std::vector<prices::Prices> lists;
  for (const int64_t tokens : {int64_t{0}, prompt_tokens}) {
    const auto found = prices::prices_of(service, tokens, question.now_ms, question.prices);
    if (found) lists.push_back(*found);
  }
  return lists;
}

Error not_priced(keys::Unpriced what, const routing::Target& target) {
  Error error{.kind = ErrorKind::kModelNotPriced, .param = what == keys::Unpriced::kTool ? "tools" : "model"};
  error.message = what == keys::Unpriced::kTool ? "A tool of this request has no price for " + target.asked
                                                : "There is no price for " + target.asked + " as it is asked for";
  error.message +=
      ", and this key has a budget: it may use only what has a price. The setting ONELLM_PRICES can give it one.";
  return error;
}

bool may_reason(const dialects::CostFacts& facts, const models::Contract& contract) {
  const bool may_if_asked = contract.reasoning != models::Reasoning::kNever && facts.asks_to_reason;
  return contract.reasoning == models::Reasoning::kUnasked || may_if_asked;
}

// A model may answer with pictures, or reason, without being asked to.
constexpr prices::UnitSet kUnasked = prices::set_of(prices::Unit::kOutputImage, prices::Unit::kOutputReasoning);

}  // namespace

Reserve AttemptCost::reserve(int64_t chosen) const {
  const int64_t chosen_for_all = keys::times(answers, chosen);
  return {.money = keys::plus(price.fixed, keys::times(price.per_output_token, chosen_for_all)),
          .tokens = keys::plus(prompt_tokens, output_tokens.value_or(chosen_for_all)),
          .prompt_tokens = plain_prompt_tokens,
          .may_be_hidden = may_reason};
}

Result<AttemptCost> cost_of_attempt(const dialects::CostFacts& facts, const CostQuestion& question) {
  AttemptCost cost{.prompt_tokens = keys::with_margin(question.prompt_tokens),
                   .plain_prompt_tokens = question.prompt_tokens,
                   .may_reason = may_reason(facts, question.contract),
                   .answers = facts.answers,
                   .output_tokens_most = question.contract.output_tokens_max};
  if (question.asks_for_limit) {
    const int64_t limit = facts.output_tokens ? *facts.output_tokens : unlimited_tokens(question.contract);
    cost.output_tokens = keys::times(limit, facts.answers);
  }
  if (!question.has_budget) return cost;
  const keys::PricedRequest request{.prompt_tokens = cost.prompt_tokens,
                                    .output_tokens = cost.output_tokens,
                                    .may_meet = facts.may_meet | kUnasked,
                                    .tools = facts.tools};
  const std::vector<prices::Prices> lists = prices_for(facts, question, cost.prompt_tokens);
  const keys::Estimate estimate = keys::estimate(request, lists);
  if (estimate.unpriced != keys::Unpriced::kNothing) return not_priced(estimate.unpriced, question.target);
  cost.price = estimate.cost;
  keys::PricedRequest longer = request;
  ++longer.prompt_tokens;
  cost.per_prompt_token = keys::estimate(longer, lists).cost.fixed - estimate.cost.fixed;
  return cost;
}

}  // namespace onellm::gateway
