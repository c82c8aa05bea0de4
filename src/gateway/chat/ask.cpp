#include "gateway/chat/ask.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "base/limits.h"
#include "chat/token_estimate.h"
#include "dialects/common/request_facts/text_tokens.h"
#include "dialects/request_facts.h"
#include "gateway/chat/request/field_names.h"
#include "gateway/keys/plan/allowed_models.h"
#include "keys/amounts.h"

namespace onellm::gateway {

namespace {

using Names = std::vector<std::string_view>;

Names names_of(dialects::OutputLimits limits) { return {limits.names.begin(), limits.names.end()}; }

// The members that limit the output at this target. Settings may give them other names there.
Names limits_at(const Attempt& attempt) {
  Names names = names_of(attempt.api.dialect->output_limits());
  for (const auto& [ours, theirs] : attempt.options.host.rename) {
    if (std::find(names.begin(), names.end(), ours) != names.end()) names.emplace_back(theirs);
  }
  return names;
}

Error wrong_limit(const std::string& name, bool may_be_zero) {
  return {.kind = ErrorKind::kBadRequest,
          .message = name + " must be an integer from " + (may_be_zero ? "0" : "1") + " to " +
                     std::to_string(kKeyOutputTokensAskedMax) + " for a key with limits.",
          .param = name};
}

std::optional<Error> refuse_limits(const dialects::CostFacts& facts, bool may_be_zero) {
  if (!facts.wrong_limit.empty()) return wrong_limit(facts.wrong_limit, may_be_zero || facts.counts_uses);
  if (!facts.zero_limit.empty() && !may_be_zero) return wrong_limit(facts.zero_limit, may_be_zero);
  return std::nullopt;
}

// A limit of 0 reaches only targets of the client's own dialect.
bool may_be_zero(const Context& context, const ChatPlan& plan) {
  const auto& legs = plan.legs;
  return context.client->output_limits().may_be_zero && std::all_of(legs.begin(), legs.end(), [&](const auto& leg) {
           return std::all_of(leg.attempts.begin(), leg.attempts.end(), [&](const Attempt& attempt) {
             return attempt.api.dialect != nullptr && attempt.api.dialect->id() == context.client->id();
           });
         });
}

// The prompt of a request of which only an outline was decoded is decoded for this alone.
int64_t prompt_tokens(const Context& context, const ChatPlan& plan) {
  if (!plan.as_written) return chat::estimate_tokens(plan.request);
  Result<chat::Request> whole = context.client->decode_count_request(*plan.body);
  return whole ? chat::estimate_tokens(*whole) : chat::estimate_tokens(plan.body->text());
}

Result<dialects::CostFacts> facts_of(const Context& context, const ChatPlan& plan, const Attempt& attempt) {
  if (attempt.api.dialect == nullptr) return dialects::CostFacts{.answers = plan.request.n};
  if (!context.memory->can_parse(attempt.encoded.body.bytes())) return Error{.kind = ErrorKind::kBusy};
  const json::Buffer body(attempt.encoded.body.flat());
  dialects::CostFacts facts = dialects::read_cost_facts(body, limits_at(attempt));
  std::optional<Error> refusal = refuse_limits(facts, attempt.api.dialect->output_limits().may_be_zero);
  if (refusal) return in_clients_words(*std::move(refusal), *context.client, plan.request);
  return facts;
}

// Nobody knows which limits such a host takes, so the largest counts. Without one of the dialect's own, which the
// gateway would have chosen, none would be sure to hold.
Error foreign_limit(const std::string& name, const Names& own) {
  return {.kind = ErrorKind::kBadRequest,
          .message = name +
                     " may be no limit of the output at this provider. A key with max_budget or tpm_limit must "
                     "name it by " +
                     std::string(own.front()) + ", or by nothing.",
          .param = name};
}

// True if the gateway can limit the output of this target: settings may leave its limit out.
bool takes_limit(const Attempt& attempt, const chat::Request& request) {
  if (attempt.api.dialect == nullptr) return true;
  const Names names = limits_at(attempt);
  if (names.empty()) return false;
  if (attempt.options.contract.dropped == nullptr && attempt.options.host.drop.empty()) return true;
  Attempt trial{.target = attempt.target, .api = attempt.api, .options = attempt.options};
  trial.options.output_limit = 1;
  Result<dialects::EncodedRequest> encoded = encode_amended(trial, attempt.amendment, request);
  if (!encoded) return false;
  return dialects::read_cost_facts(json::Buffer(encoded->body.flat()), names).output_tokens.has_value();
}

struct Question {
  int64_t prompt_tokens = 0;
  bool asks_for_limit = false;
};

Result<AttemptCost> read_cost(const Context& context, const ChatPlan& plan, const Attempt& attempt,
                              const Question& question) {
  Result<dialects::CostFacts> facts = facts_of(context, plan, attempt);
  if (!facts) return facts.error();
  if (!facts->other_limit.empty() && !facts->output_tokens) {
    return foreign_limit(facts->other_limit, names_of(context.client->output_limits()));
  }
  if (facts->output_tokens) facts->output_tokens = std::max(*facts->output_tokens, facts->other_tokens);
  const int64_t of_texts = dialects::tokens_of_texts(attempt.encoded.body.flat());
  return cost_of_attempt(*facts, {.target = attempt.target,
                                  .contract = attempt.options.contract,
                                  .prompt_tokens = std::max(question.prompt_tokens, of_texts),
                                  .asks_for_limit = question.asks_for_limit || !takes_limit(attempt, plan.request),
                                  .has_budget = context.caller.record->max_budget.has_value(),
                                  .now_ms = context.now_ms,
                                  .prices = context.settings->prices.get()});
}

// Adds a leg with its targets, the dearest of which counts.
std::optional<Error> add_leg(const Context& context, const ChatPlan& plan, PlannedLeg& leg, const Question& question,
                             keys::Ask& ask) {
  keys::LegCost& cost = ask.legs.emplace_back();
  int64_t tokens = 0;
  for (Attempt& attempt : leg.attempts) {
    Result<AttemptCost> read = read_cost(context, plan, attempt, question);
    if (!read) return read.error();
    attempt.cost = *read;
    cost.targets.push_back(attempt.cost.price);
    tokens = std::max(tokens, attempt.cost.reserve(0).tokens);
    ask.answers_per_leg = std::max(ask.answers_per_leg, attempt.cost.answers);
    if (attempt.cost.output_tokens_most > 0) {
      ask.output_tokens_most = std::min(ask.output_tokens_most, attempt.cost.output_tokens_most);
    }
  }
  ask.tokens = keys::plus(ask.tokens, tokens);
  return std::nullopt;
}

// Also after the plan, since the record may have changed.
std::optional<Error> refuse_models(const Context& context, const ChatPlan& plan) {
  for (const PlannedLeg& leg : plan.legs) {
    for (const Attempt& attempt : leg.attempts) {
      if (!may_use(context.caller, *context.settings, leg.name, attempt.target)) return model_not_allowed(leg.name);
    }
  }
  return std::nullopt;
}

}  // namespace

Result<keys::Ask> make_ask(const Context& context, ChatPlan& plan) {
  if (std::optional<Error> refusal = refuse_models(context, plan)) return *std::move(refusal);
  const dialects::CostFacts own = dialects::read_cost_facts(*plan.body, names_of(context.client->output_limits()));
  if (std::optional<Error> refusal = refuse_limits(own, may_be_zero(context, plan))) return *std::move(refusal);
  keys::Ask ask;
  if (!is_further_asked(context.caller)) return ask;  // Requests alone are counted.
  const Question question{.prompt_tokens = prompt_tokens(context, plan),
                          .asks_for_limit = own.output_tokens.has_value()};
  ask.chooses_output = !question.asks_for_limit;
  bool any_open = false;
  for (PlannedLeg& leg : plan.legs) {
    if (std::optional<Error> refusal = add_leg(context, plan, leg, question, ask)) return *std::move(refusal);
    any_open |= std::any_of(leg.attempts.begin(), leg.attempts.end(),
                            [](const Attempt& attempt) { return !attempt.cost.output_tokens; });
  }
  ask.chooses_output &= any_open;
  ask.answers = keys::times(ask.answers_per_leg, static_cast<int64_t>(plan.legs.size()));
  return ask;
}

std::optional<Error> take_reservation(const Context& context, ChatPlan& plan, std::optional<int64_t> chosen) {
  for (PlannedLeg& leg : plan.legs) {
    for (Attempt& attempt : leg.attempts) {
      attempt.reserve = attempt.cost.reserve(chosen.value_or(0));
      if (!chosen || attempt.api.dialect == nullptr || attempt.cost.output_tokens) continue;
      attempt.options.output_limit = *chosen;
      Result<dialects::EncodedRequest> encoded = encode_amended(attempt, attempt.amendment, plan.request);
      if (!encoded) return in_clients_words(encoded.error(), *context.client, plan.request);
      if (!plan.room.grow(encoded->body.memory_bytes())) return Error{.kind = ErrorKind::kBusy};
      encoded->reply.choices = attempt.encoded.reply.choices;
      attempt.encoded = std::move(*encoded);
    }
  }
  return std::nullopt;
}

bool is_further_asked(const Caller& caller) {
  return caller.record != nullptr && (caller.record->max_budget || caller.record->tpm_limit);
}

keys::Ask further_ask(const Reserve& reserve) {
  keys::Ask ask{.kind = keys::AskKind::kFurther, .tokens = reserve.tokens};
  ask.legs.push_back({.targets = {{.fixed = reserve.money}}});
  return ask;
}

}  // namespace onellm::gateway
